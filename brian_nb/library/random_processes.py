"""Random processes as equations."""

from brian_nb.errors import ModelError
from brian_nb.library.building import build_equations, write_unit

__all__ = ["OrnsteinUhlenbeck"]


def OrnsteinUhlenbeck(x, mu, sigma, tau, unit=None):
    """Ornstein-Uhlenbeck process, ``dx/dt = (mu - x)/tau + sigma*(2/tau)**.5*xi``.

    Parameters
    ----------
    x : str
        Name of the variable.
    mu, sigma : Quantity or str
        Mean, and standard deviation in the long run; a string names a variable of other
        equations. A mean of 0 needs no unit.
    tau : Quantity or str, second
        Time constant of the autocorrelation ``sigma**2*exp(-t/tau)``.
    unit : Unit or str, optional
        Unit of the variable; that of `sigma` or `mu` if omitted.

    Returns
    -------
    Equations

    Raises
    ------
    ModelError
        Nothing tells the unit.

    Notes
    -----
    The variance comes out too large by the share ``dt/tau``, as noise is added at the end of a
    step; a group with ``method='exact_noise'`` has the right one.

    Source
    ------
    Uhlenbeck & Ornstein 1930, Phys. Rev. 36:823.
    """
    values = [item for item in (sigma, mu) if not isinstance(item, str)]
    scale = unit if unit is not None else next(iter(values), None)
    if scale is None:
        raise ModelError(
            f"the unit of the process {x} is not known, as mu and sigma are names",
            hint="say it, such as unit=amp",
        )
    dimension = write_unit(scale, f"the process {x}")
    text = f"dx/dt = (mu - x)/tau + sigma*(2/tau)**.5*xi : {dimension}"
    if not isinstance(mu, str) and mu == 0:
        mu = "0"
    return build_equations(text, "OrnsteinUhlenbeck", x=x, mu=mu, sigma=sigma, tau=tau)
