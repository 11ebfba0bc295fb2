"""Random expressions."""

from hypothesis import strategies as st

from brian_nb.equations.expressions import (
    Binary,
    Call,
    Choice,
    Compare,
    Logical,
    Name,
    Number,
    Unary,
)

NAMES = ("a", "b", "x", "y")

numbers = st.builds(
    Number,
    st.one_of(
        st.integers(0, 20).map(float), st.floats(1e-3, 1e3, allow_nan=False, allow_infinity=False)
    ),
)
leaves = st.one_of(numbers, st.sampled_from(NAMES).map(Name))


def grow(operators, functions):
    """Expressions of these operators and one-argument functions, with choices and conditions."""

    def extend(parts):
        compare = st.builds(
            Compare, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), parts, parts
        )
        condition = st.one_of(
            compare,
            st.builds(Logical, st.sampled_from(["and", "or"]), compare, compare),
            st.builds(Unary, st.just("not"), compare),
        )
        return st.one_of(
            st.builds(Binary, st.sampled_from(operators), parts, parts),
            st.builds(Unary, st.just("-"), parts),
            st.builds(Call, st.sampled_from(functions), st.tuples(parts)),
            st.builds(Choice, condition, parts, parts),
        )

    return st.recursive(leaves, extend, max_leaves=12)


expressions = grow(["+", "-", "*", "/", "**", "%", "//"], ["exp", "abs", "sin", "floor"])
