"""Benchmarks as data: which work is measured, on which engine, and how the figures become a page.

Takes workloads and engines, gives measurements and `docs/performance.md`. Knows the engines only as
programs that print one JSON line; must not import any of them. The programs of every environment
import `bench.protocol`, so that nothing beyond the standard library is imported but where a module
says so.
"""
