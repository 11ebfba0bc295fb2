"""Object code of x86-64 Linux -> an `Image`: code and constants laid out once, for any address.

Code reaches its constants by their distance. Functions outside it calls by way of jumps, which
take their goals from a table of addresses. With code, constants, jumps and table in one piece, no
byte of the code depends on where that piece lies. What else an object may hold, as data to write
to or absolute addresses, is not laid out here: such an object is for LLVM's linker.

Source
------
System V ABI, AMD64 supplement 1.0, section 4.4 (relocation types); System V gABI 4.1, chapter 4
(sections, symbols).
"""

import struct
from typing import NamedTuple

from brian_nb.kernels.image import PAGE, Image

_HEADER = struct.Struct("<6s10xHH20xQ10xHHH")
_SECTION = struct.Struct("<4xIQ8xQQIIQ8x")
_SYMBOL = struct.Struct("<I2xHQ8x")
_RELOCATION = struct.Struct("<QIIq")

_LITTLE_64_BIT = b"\x7fELF\x02\x01"
_RELOCATABLE, _X86_64 = 1, 62
_CONTENT, _SYMBOLS, _RELOCATIONS, _ZEROS, _SHORT_RELOCATIONS = 1, 2, 4, 8, 9
_NOTE, _UNWINDING = 7, 0x70000001
_WRITABLE, _LOADED, _OF_THREAD = 1, 2, 0x400
_OUTSIDE = 0

_DISTANCE, _CALL = 2, 4
_ENTRY_BYTES = 8

_JUMP = struct.Struct("<2sixx")
_JUMP_OPCODE, _JUMP_END = b"\xff\x25", 6
"""``jmp *distance(%rip)``: to the address that lies so far behind the end of the instruction."""


class _UnknownForm(Exception):
    """The object holds something that is not laid out here."""


class _Section(NamedTuple):
    kind: int
    flags: int
    content: bytes
    link: int
    target: int
    alignment: int


class _Symbol(NamedTuple):
    name: str
    section: int
    value: int


class _Relocation(NamedTuple):
    section: int
    offset: int
    kind: int
    symbol: _Symbol
    addend: int


def link_object(code, entry):
    """Lay out object code.

    Parameters
    ----------
    code : bytes
        A relocatable object.
    entry : str
        The symbol that is called.

    Returns
    -------
    Image or None
        None if the object is for another machine, or holds what this module does not know.
    """
    try:
        return _link(code, entry)
    except (_UnknownForm, struct.error, IndexError, ValueError):
        return None


def _link(code, entry):
    sections = _read_sections(code)
    places, length = _place(sections)
    symbols = _read_symbols(sections)
    relocations = [item for item in _read_relocations(sections, symbols) if item.section in places]
    called = {item.symbol.name for item in relocations if item.symbol.section == _OUTSIDE}
    jumps, imports, image = _lay_jumps(sorted(called), length)
    for number, place in places.items():
        image[place : place + len(sections[number].content)] = sections[number].content
    for relocation in relocations:
        _relocate(image, relocation, places, jumps)
    begins = [_find_address(item, places) for item in symbols if item.name == entry]
    _require(len(begins) == 1)
    return Image(bytes(image), begins[0], imports)


def _lay_jumps(names, length):
    """Places of the jumps to functions outside and of their addresses, and the image so far."""
    begin = -(-length // _ENTRY_BYTES) * _ENTRY_BYTES
    table = begin + _JUMP.size * len(names)
    jumps = {name: begin + _JUMP.size * number for number, name in enumerate(names)}
    imports = {name: table + _ENTRY_BYTES * number for number, name in enumerate(names)}
    image = bytearray(table + _ENTRY_BYTES * len(names))
    for name, place in jumps.items():
        _JUMP.pack_into(image, place, _JUMP_OPCODE, imports[name] - place - _JUMP_END)
    return jumps, imports, image


def _read_sections(code):
    magic, kind, machine, begin, size, n_sections, _ = _HEADER.unpack_from(code)
    _require(magic == _LITTLE_64_BIT and (kind, machine) == (_RELOCATABLE, _X86_64))
    _require(size == _SECTION.size)
    return [_read_section(code, begin + size * number) for number in range(n_sections)]


def _read_section(code, begin):
    kind, flags, offset, size, link, target, alignment = _SECTION.unpack_from(code, begin)
    content = b"" if kind == _ZEROS else code[offset : offset + size]
    _require(kind == _ZEROS or len(content) == size)
    return _Section(kind, flags, content, link, target, max(alignment, 1))


def _place(sections):
    """Offsets of the sections that are needed, and the end of the last one.

    Tables for unwinding the stack are not: nothing is thrown through a kernel.
    """
    places, length = {}, 0
    for number, section in enumerate(sections):
        if not section.flags & _LOADED:
            continue
        _require(not section.flags & (_WRITABLE | _OF_THREAD) and section.alignment <= PAGE)
        _require(section.kind in (_CONTENT, _NOTE, _UNWINDING))
        if section.kind == _CONTENT:
            places[number] = -(-length // section.alignment) * section.alignment
            length = places[number] + len(section.content)
    return places, length


def _read_symbols(sections):
    tables = [section for section in sections if section.kind == _SYMBOLS]
    _require(len(tables) == 1)
    texts = sections[tables[0].link].content
    return [
        _Symbol(texts[name : texts.index(0, name)].decode(), section, value)
        for name, section, value in _SYMBOL.iter_unpack(tables[0].content)
    ]


def _read_relocations(sections, symbols):
    for section in sections:
        _require(section.kind != _SHORT_RELOCATIONS)  # which x86-64 does not have
        if section.kind == _RELOCATIONS:
            for offset, kind, symbol, addend in _RELOCATION.iter_unpack(section.content):
                yield _Relocation(section.target, offset, kind, symbols[symbol], addend)


def _relocate(image, relocation, places, jumps):
    """Write one distance into the image."""
    symbol = relocation.symbol
    _require(relocation.kind in (_DISTANCE, _CALL))
    if symbol.section == _OUTSIDE:
        _require(relocation.kind == _CALL)
        goal = jumps[symbol.name]
    else:
        goal = _find_address(symbol, places)
    place = places[relocation.section] + relocation.offset
    struct.pack_into("<i", image, place, goal + relocation.addend - place)


def _find_address(symbol, places):
    """Offset of a symbol in the image, where it must be."""
    _require(symbol.section in places)
    return places[symbol.section] + symbol.value


def _require(known):
    if not known:
        raise _UnknownForm
