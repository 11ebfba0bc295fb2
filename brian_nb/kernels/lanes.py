"""LLVM values that add and multiply like numbers, so that formulas read as formulas.

A `Lanes` stands for one float64, int64 or truth value inside a function that is being
emitted, or for a vector of them; constants adapt to its shape. Arithmetic carries no
fast-math flag and fuses only where `fused` says so: a formula then gives the same bits
whether it was emitted for one number or for eight.
"""

from llvmlite import ir

DOUBLE = ir.DoubleType()
INTEGER = ir.IntType(64)


class Lanes:
    """A value of LLVM with Python's operators.

    Parameters
    ----------
    builder : llvmlite.ir.IRBuilder
        Where the operations are written.
    value : llvmlite.ir.Value
        Of type double, i64, i1, or a vector of one of them.

    Notes
    -----
    Integers are 64 bits that wrap; `>>` fills with zeros. Comparisons with a NaN are false,
    `!=` is true.
    """

    __slots__ = ("builder", "value")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, builder, value):
        self.builder = builder
        self.value = value

    @property
    def is_real(self):
        return element_of(self.value.type) == DOUBLE

    def _wrap(self, value):
        return Lanes(self.builder, value)

    def _peer(self, other):
        """The other operand as an LLVM value of this one's type."""
        if isinstance(other, Lanes):
            return other.value
        return constant(self.value.type, other)

    def _arithmetic(self, other, real, integer, swap=False):
        operands = [self.value, self._peer(other)]
        operation = getattr(self.builder, real if self.is_real else integer)
        return self._wrap(operation(*(reversed(operands) if swap else operands)))

    def _compare(self, relation, other):
        if not self.is_real:
            return self._wrap(self.builder.icmp_signed(relation, self.value, self._peer(other)))
        compare = self.builder.fcmp_unordered if relation == "!=" else self.builder.fcmp_ordered
        return self._wrap(compare(relation, self.value, self._peer(other)))

    def __add__(self, other):
        return self._arithmetic(other, "fadd", "add")

    def __radd__(self, other):
        return self._arithmetic(other, "fadd", "add", swap=True)

    def __sub__(self, other):
        return self._arithmetic(other, "fsub", "sub")

    def __rsub__(self, other):
        return self._arithmetic(other, "fsub", "sub", swap=True)

    def __mul__(self, other):
        return self._arithmetic(other, "fmul", "mul")

    def __rmul__(self, other):
        return self._arithmetic(other, "fmul", "mul", swap=True)

    def __truediv__(self, other):
        return self._wrap(self.builder.fdiv(self.value, self._peer(other)))

    def __rtruediv__(self, other):
        return self._wrap(self.builder.fdiv(self._peer(other), self.value))

    def __neg__(self):
        return self._wrap(self.builder.fneg(self.value))

    def __and__(self, other):
        return self._wrap(self.builder.and_(self.value, self._peer(other)))

    def __or__(self, other):
        return self._wrap(self.builder.or_(self.value, self._peer(other)))

    def __xor__(self, other):
        return self._wrap(self.builder.xor(self.value, self._peer(other)))

    def __lshift__(self, other):
        return self._wrap(self.builder.shl(self.value, self._peer(other)))

    def __rshift__(self, other):
        return self._wrap(self.builder.lshr(self.value, self._peer(other)))

    def __lt__(self, other):
        return self._compare("<", other)

    def __le__(self, other):
        return self._compare("<=", other)

    def __gt__(self, other):
        return self._compare(">", other)

    def __ge__(self, other):
        return self._compare(">=", other)

    def __eq__(self, other):
        return self._compare("==", other)

    def __ne__(self, other):
        return self._compare("!=", other)


def constant(kind, number):
    """An LLVM constant; every lane of a vector type gets the same number."""
    if isinstance(kind, ir.VectorType):
        return ir.Constant(kind, [constant(kind.element, number)] * kind.count)
    return ir.Constant(kind, float(number) if kind == DOUBLE else int(number))


def fused(a, b, c):
    """``a*b + c`` with one rounding on a machine that can, else with two."""
    return call_intrinsic("llvm.fmuladd", a, b, c)


def select(condition, yes, no):
    """`yes` where the condition holds, else `no`; both are computed, either may be a float."""
    model = next((item for item in (yes, no) if isinstance(item, Lanes)), None)
    kind = model.value.type if model else replace_element(condition.value.type, DOUBLE)
    values = [item.value if isinstance(item, Lanes) else constant(kind, item) for item in (yes, no)]
    return Lanes(condition.builder, condition.builder.select(condition.value, *values))


def bits_of(x):
    """The 64 bits of a float64 as an integer."""
    return Lanes(x.builder, x.builder.bitcast(x.value, replace_element(x.value.type, INTEGER)))


def real_of(i):
    """The float64 with the 64 bits of an integer."""
    return Lanes(i.builder, i.builder.bitcast(i.value, replace_element(i.value.type, DOUBLE)))


def is_number(x):
    """False for NaN."""
    return Lanes(x.builder, x.builder.fcmp_ordered("ord", x.value, x.value))


def square_root(x):
    """Correctly rounded square root; NaN below zero."""
    return call_intrinsic("llvm.sqrt", x)


def magnitude(x):
    """Absolute value."""
    return call_intrinsic("llvm.fabs", x)


def floor(x):
    """Largest integer not above `x`."""
    return call_intrinsic("llvm.floor", x)


def ceil(x):
    """Smallest integer not below `x`."""
    return call_intrinsic("llvm.ceil", x)


def with_sign(x, sign):
    """`x` with the sign bit of `sign`."""
    return call_intrinsic("llvm.copysign", x, sign)


def polynomial(x, coefficients):
    """Evaluate ``c[0] + c[1]*x + ...`` by Horner's rule."""
    *lower, highest = coefficients
    total = fused(x, highest, lower.pop())
    while lower:
        total = fused(total, x, lower.pop())
    return total


def call_intrinsic(name, *operands):
    """Call an intrinsic of LLVM whose operands and result have one type."""
    model = next(item for item in operands if isinstance(item, Lanes))
    kind = model.value.type
    values = [model._peer(item) for item in operands]
    function_type = ir.FunctionType(kind, [kind] * len(values))
    function = declare(model.builder.module, f"{name}.{_suffix(kind)}", function_type)
    return Lanes(model.builder, model.builder.call(function, values))


def call_library(name, *operands):
    """Call a function of the C library, which takes numbers, for each lane."""
    builder, kind = operands[0].builder, element_of(operands[0].value.type)
    function = declare(builder.module, name, ir.FunctionType(kind, [kind] * len(operands)))
    values = [item.value for item in operands]
    if not isinstance(values[0].type, ir.VectorType):
        return Lanes(builder, builder.call(function, values))
    result = ir.Constant(values[0].type, ir.Undefined)
    for k in range(values[0].type.count):
        place = ir.IntType(32)(k)
        numbers = [builder.extract_element(item, place) for item in values]
        result = builder.insert_element(result, builder.call(function, numbers), place)
    return Lanes(builder, result)


def broadcast(builder, value, count):
    """A number in each of `count` lanes.

    Parameters
    ----------
    builder : llvmlite.ir.IRBuilder
    value : llvmlite.ir.Value
        Of type double, i64 or i1.
    count : int

    Returns
    -------
    llvmlite.ir.Value
    """
    if isinstance(value, ir.Constant):
        return ir.Constant(ir.VectorType(value.type, count), [value] * count)
    place = ir.IntType(32)
    empty = ir.Constant(ir.VectorType(value.type, count), ir.Undefined)
    seeded = builder.insert_element(empty, value, place(0))
    mask = ir.Constant(ir.VectorType(place, count), [0] * count)
    return builder.shuffle_vector(seeded, empty, mask)


def element_of(kind):
    """Type of one lane."""
    return kind.element if isinstance(kind, ir.VectorType) else kind


def count_lanes(value):
    """How many lanes a value has; 1 for a number."""
    return value.type.count if isinstance(value.type, ir.VectorType) else 1


def declare(module, name, function_type):
    """The function of that name in a module, declared if it is not there yet."""
    if name in module.globals:
        return module.globals[name]
    return ir.Function(module, function_type, name)


def replace_element(kind, element):
    """The type with other lanes, as many as before."""
    return ir.VectorType(element, kind.count) if isinstance(kind, ir.VectorType) else element


def _suffix(kind):
    return f"v{kind.count}f64" if isinstance(kind, ir.VectorType) else "f64"
