"""Source for a product of a matrix and a vector that each neuron computes."""


def write_product(lines, source, product, write_input):
    """Write the product; gives the source texts of its entries by their names.

    The matrix lies column by column, so that the inner loop goes along memory and needs no sum
    across lanes.

    Parameters
    ----------
    lines : Lines
    source : PopulationSource
    product : MatrixProduct
    write_input : callable
        Source text of an entry of the vector.
    """
    n_out, n_in = len(product.outputs), len(product.inputs)
    vector, result = source.scratch("vector", n_in), source.scratch("result", n_out)
    matrix = source.coefficient(product.matrix)
    for place, item in enumerate(product.inputs):
        lines.add(f"{vector}[{place}] = {write_input(item)}")
    begin = f"i*{n_in * n_out}" if source.update.coefficients.per_neuron else "0"
    with lines.block(f"for row in range(0, {n_out}):"):
        lines.add(f"{result}[row] = 0.0")
    with lines.block(f"for column in range({n_in}):"):
        lines.add(f"base = {begin} + column*{n_out}", f"entry = {vector}[column]")
        with lines.block(f"for row in range(0, {n_out}):"):
            lines.add(f"{result}[row] += {matrix}[base + row]*entry")
    return {name: f"{result}[{place}]" for place, name in enumerate(product.outputs)}
