"""The choice of an integrator, with its reason."""

from brian_nb.equations.affine import find_conditional_nonlinearity
from brian_nb.errors import ModelError
from brian_nb.numerics.methods import (
    METHODS,
    backward_euler,
    euler,
    event_driven,
    exact,
    exact_noise,
    exponential_euler,
    exponential_rk2,
    midpoint,
)
from brian_nb.numerics.simplify import simplify_update
from brian_nb.numerics.update import StepUpdate


def choose_update(population, changing=frozenset()):
    """Choose the integrator of a population and build its step update.

    Linear systems are stepped exactly. Others take explicit Euler or, where `order` is 2, the
    midpoint rule. Where `implicit` is set they take exponential Euler or, where `order` is 2, the
    exponential Runge-Kutta method, if each equation is linear in its own variable, and else
    backward Euler. A method that the user names wins. Populations that are event-driven are not
    stepped at all.

    Parameters
    ----------
    population : Population
    changing : set of str
        Variables that spikes or resets change.

    Returns
    -------
    StepUpdate

    Raises
    ------
    ModelError
        The method is not known, or does not fit the equations.
    EquationError
        The method named does not fit the equations, or no solution of them is known.

    Source
    ------
    Manual of Brian 1.2, section 4.12.4.
    """
    system = population.system
    changing = frozenset(changing) & {item.name for item in system.parameters}
    known = system.derived.setdefault("updates", {})
    key = (
        *(changing, population.method, population.order, population.implicit),
        *(population.event_driven, "update" in population.called),
    )
    if key not in known:  # a group asks for its own when it is made, a network when it starts
        known[key] = simplify_update(_choose(population, changing), system)
    return known[key]


_LINEAR = "all equations are linear, so each step is exact"
_LINEAR_NOISY = "all equations are linear, so each step is exact but for the noise"


def _choose(population, changing):
    system = population.system
    if "update" in population.called:
        return StepUpdate("", "code in Python does it")
    if not system.differentials:
        return StepUpdate("", "there are no differential equations")
    if population.event_driven:
        reason = "each equation is solved exactly from one event to the next"
        return event_driven.build_update(system, reason)
    obstacle = exact.find_obstacle(system, changing)
    if population.method:
        return _build_named(population, obstacle, changing)
    if not obstacle:
        return exact.build_update(system, _LINEAR_NOISY if system.noises else _LINEAR)
    if population.implicit:
        return _build_implicit(system, population.order)
    if population.order == 2:
        return midpoint.build_update(system, "order=2 asks for it")
    return euler.build_update(system, f"not exact because {obstacle}")


def _build_implicit(system, order):
    obstacle = find_conditional_nonlinearity(system)
    if obstacle:
        reason = f"implicit=True asks for an implicit method, and {obstacle}"
        return backward_euler.build_update(system, reason)
    if order == 2:
        return exponential_rk2.build_update(system, "implicit=True and order=2 ask for it")
    return exponential_euler.build_update(system, "implicit=True asks for it")


def _build_named(population, obstacle, changing):
    name = population.method
    if name == "nonlinear":
        name = "RK" if population.order == 2 else "Euler"
    if name == "exact" and not obstacle:
        name = "linear"
    if name not in METHODS:
        known = ", ".join(repr(item) for item in METHODS)
        raise ModelError(
            f"there is no integration method {population.method!r} (asked for by "
            f"{population.name})",
            hint=f"choose one of {known}, or leave `method` out",
        )
    if METHODS[name] is exact_noise:
        obstacle = obstacle or exact_noise.find_obstacle(population.system, changing)
    if METHODS[name] in (exact, exact_noise) and obstacle:
        raise ModelError(
            f"{population.name} cannot be integrated with method={name!r}: {obstacle}",
            hint="leave `method` out, or use another one"
            + ("; 'exact' may find a solution as a formula" if name == "linear" else ""),
        )
    return METHODS[name].build_update(
        population.system, f"method={population.method!r} asks for it"
    )
