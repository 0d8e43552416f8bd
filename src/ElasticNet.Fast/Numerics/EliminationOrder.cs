namespace ElasticNet.Fast.Numerics;

/// <summary>
/// An order in which a sparse symmetric matrix is eliminated with little fill, and what its Cholesky factor will hold: always the vertex
/// with the fewest neighbours next (minimum degree; Tinney and Walker 1967), until those that are left are neighbours of each other for the
/// most part. These are the core, and better factored as a dense matrix. The order serves any part of the vertices as well: leaving some out adds no fill.
/// </summary>
internal sealed class EliminationOrder
{
    /// <summary>Entries of the factor outside the core at most.</summary>
    private const long MostEntries = 20_000_000;

    /// <summary>Neighbours that are made acquainted at most: what would take longer is no help.</summary>
    private const long MostWork = 2_000_000_000;

    /// <summary>The core at most.</summary>
    private const int LargestCore = 4000;

    /// <summary>A share of all possible neighbours from which on what is left counts as dense.</summary>
    private const double DenseShare = 0.5;

    private EliminationOrder(int[] places, int coreStart, long[] starts, int[] rows)
    {
        (Places, CoreStart, Starts, Rows) = (places, coreStart, starts, rows);
    }

    /// <summary>The place of each vertex in the order.</summary>
    public int[] Places { get; }

    /// <summary>The first place of the core.</summary>
    public int CoreStart { get; }

    /// <summary>Column q of the factor, by places, has the rows <see cref="Rows"/>[Starts[q]], …, ascending, below its diagonal; for q &lt; <see cref="CoreStart"/>.</summary>
    public long[] Starts { get; }

    /// <summary>The rows of all columns.</summary>
    public int[] Rows { get; }

    /// <summary>Orders a graph.</summary>
    /// <param name="neighbours">The neighbours of each vertex, in any order; taken over and changed.</param>
    /// <returns>Null where too much would fill.</returns>
    public static EliminationOrder? Find(List<int>[] neighbours)
    {
        int count = neighbours.Length;
        int[] order = new int[count], places = new int[count], marks = new int[count];
        List<int>?[] below = new List<int>?[count];
        DegreeQueue queue = new(neighbours);
        long entries = 0, work = 0, degrees = neighbours.Sum(list => (long)list.Count);
        int done = 0, mark = 0;
        for (; done < count; done++)
        {
            long left = count - done;
            if (degrees > DenseShare * left * (left - 1) && left <= LargestCore)
                break;
            int pivot = queue.Take();
            List<int> fill = neighbours[pivot];
            degrees -= 2L * fill.Count;
            entries += fill.Count;
            work += (long)fill.Count * fill.Count;
            if (entries > MostEntries || work > MostWork || fill.Count > LargestCore)
                return null;
            order[done] = pivot;
            below[done] = fill;
            foreach (int vertex in fill)
            {
                List<int> own = neighbours[vertex];
                _ = own.Remove(pivot);
                int before = own.Count;
                mark++;
                marks[vertex] = mark;
                foreach (int other in own)
                    marks[other] = mark;
                foreach (int other in fill)
                {
                    if (marks[other] != mark)
                        own.Add(other);
                }

                degrees += own.Count - before;
                queue.Move(vertex, own.Count);
            }
        }

        for (int q = done; q < count; q++)
            order[q] = queue.Take();
        for (int q = 0; q < count; q++)
            places[order[q]] = q;
        long[] starts = new long[done + 1];
        int[] rows = new int[entries];
        for (int q = 0; q < done; q++)
        {
            Span<int> column = rows.AsSpan((int)starts[q], below[q]!.Count);
            for (int k = 0; k < column.Length; k++)
                column[k] = places[below[q]![k]];
            column.Sort();
            starts[q + 1] = starts[q] + column.Length;
        }

        return new(places, done, starts, rows);
    }

    /// <summary>Vertices by their number of neighbours: a doubly linked list for each number.</summary>
    private sealed class DegreeQueue
    {
        private readonly int[] _first, _next, _previous, _degrees;
        private int _least;

        public DegreeQueue(List<int>[] neighbours)
        {
            int count = neighbours.Length;
            (_first, _next, _previous, _degrees) = (new int[count], new int[count], new int[count], new int[count]);
            Array.Fill(_first, -1);
            for (int v = count - 1; v >= 0; v--)
                Add(v, neighbours[v].Count);
        }

        /// <summary>Takes out one of the fewest.</summary>
        public int Take()
        {
            while (_first[_least] < 0)
                _least++;
            int vertex = _first[_least];
            Remove(vertex);
            return vertex;
        }

        public void Move(int vertex, int degree)
        {
            Remove(vertex);
            Add(vertex, degree);
            _least = Math.Min(_least, degree);
        }

        private void Add(int vertex, int degree)
        {
            int next = _first[degree];
            (_degrees[vertex], _next[vertex], _previous[vertex], _first[degree]) = (degree, next, -1, vertex);
            if (next >= 0)
                _previous[next] = vertex;
        }

        private void Remove(int vertex)
        {
            int next = _next[vertex], previous = _previous[vertex];
            if (previous >= 0)
                _next[previous] = next;
            else
                _first[_degrees[vertex]] = next;
            if (next >= 0)
                _previous[next] = previous;
        }
    }
}
