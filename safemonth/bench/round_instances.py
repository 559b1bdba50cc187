"""Published routing instances with best known solutions: how near the same solver comes, beside OR-Tools."""

from dataclasses import dataclass
from pathlib import Path

import pyvrp
from ortools.constraint_solver import pywrapcp, routing_enums_pb2
from pyvrp.stop import MaxRuntime


@dataclass(frozen=True)
class Gaps:
    """How much longer than the best known solution, as shares of it (0.01: 1 %)."""

    name: str
    ours: float
    ortools: float


def published(folder: Path) -> list[Path]:
    """Return the capacitated instances (.vrp) below a folder that have their solution (.sol) beside them, by name."""
    return sorted(path for path in folder.rglob("*.vrp") if path.with_suffix(".sol").is_file())


def measure_instance(path: Path, *, seconds: float) -> Gaps:
    """Return both planners' gaps on an instance of the X set (Uchoa et al. 2017, doi:10.1016/j.ejor.2016.08.012).

    Distances are rounded, as the set's rules say. The number of vehicles is free.
    """
    data = pyvrp.read(path, round_func="round")
    best = pyvrp.read_solution(path.with_suffix(".sol"), data).distance()
    result = pyvrp.solve(data, stop=MaxRuntime(seconds), seed=1, collect_stats=False, display=False)
    return Gaps(path.stem, ours=result.cost() / best - 1, ortools=_ortools(data, seconds) / best - 1)


def _ortools(data: pyvrp.ProblemData, seconds: float) -> float:
    """Return the distance that OR-Tools finds (infinite where it finds nothing)."""
    matrix = data.distance_matrix(0)
    demand = [0] + [int(client.delivery[0]) for client in data.clients()]
    rows = [data.depots()[0].location] + [client.location for client in data.clients()]
    kind = data.vehicle_type(0)
    manager = pywrapcp.RoutingIndexManager(len(rows), kind.num_available, 0)
    routing = pywrapcp.RoutingModel(manager)
    distances = [[int(matrix[a, b]) for b in rows] for a in rows]
    cost = routing.RegisterTransitMatrix(distances)
    routing.SetArcCostEvaluatorOfAllVehicles(cost)
    load = routing.RegisterUnaryTransitVector(demand)
    routing.AddDimension(load, 0, int(kind.capacity[0]), True, "load")
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.SAVINGS
    parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    parameters.time_limit.FromMilliseconds(int(seconds * 1000))
    solution = routing.SolveWithParameters(parameters)
    return float(solution.ObjectiveValue()) if solution else float("inf")
