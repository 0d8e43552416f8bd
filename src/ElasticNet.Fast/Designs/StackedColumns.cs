using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Designs;

/// <summary>The working set of a model of K outputs: each feature is held once, whichever outputs it is in.</summary>
internal sealed unsafe class StackedColumns : WorkingColumns
{
    private readonly ColumnScaling _scaling = new();
    private readonly AlignedBuffer<double> _column = new();
    private readonly AlignedBuffer<double> _values = new();
    private readonly AlignedBuffer<double> _gram = new();
    private readonly AlignedBuffer<int> _lists = new();
    private readonly CoupledGram _coupled = new();

    // For each position the place of its feature among those held, and its output; for each feature its place.
    private readonly List<int> _places = [];
    private readonly List<int> _outputs = [];
    private readonly Dictionary<int, int> _placeOf = [];
    private readonly List<int> _fresh = [];
    private WorkingColumns? _held;
    private nint _gramStride;
    private int _gramKnown;
    private StackedDesign _design = null!;

    protected override int Rows => _design.Rows;

    private int Outputs => _design.Outputs;

    private nint Block => _design.Features.Rows;

    public override bool TryStart(Design design, ColumnScaling scaling, double* rootWeights)
    {
        if (design is not StackedDesign stacked)
            return false;
        _design = stacked;
        _scaling.TakeEach(scaling, stacked.Outputs, stacked.Features.Columns);
        if (_held is null || !_held.TryStart(stacked.Features, _scaling, rootWeights))
        {
            _held?.Dispose();
            _held = stacked.Features.CreateWorkingColumns();
            _ = _held.TryStart(stacked.Features, _scaling, rootWeights);
        }

        _places.Clear();
        _outputs.Clear();
        _placeOf.Clear();
        _gramKnown = 0;
        return true;
    }

    public override void Append(ReadOnlySpan<int> columns)
    {
        _fresh.Clear();
        foreach (int column in columns)
        {
            (int feature, int output) = _design.At(column);
            if (!_placeOf.TryGetValue(feature, out int place))
            {
                place = _placeOf.Count;
                _placeOf.Add(feature, place);
                _fresh.Add(feature);
            }

            _places.Add(place);
            _outputs.Add(output);
        }

        _held!.Append(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_fresh));
    }

    public override double* Column(int position)
    {
        double* column = _column.RequireZeroed(_design.Rows);
        Buffer.MemoryCopy(_held!.Column(_places[position]), column + _outputs[position] * Block, Block * sizeof(double), Block * sizeof(double));
        return column;
    }

    public override double Dot(int position, double* vector) => _held!.Dot(_places[position], vector + _outputs[position] * Block);

    public override void Dot(int* positions, int count, double* vector, double* result)
    {
        double* products = _values.Require(Math.Max(count, 1));
        int* starts = Part(positions, count), order = starts + Outputs + 1, places = order + count;
        for (int k = 0; k < Outputs; k++)
        {
            if (starts[k] < starts[k + 1])
                _held!.Dot(places + starts[k], starts[k + 1] - starts[k], vector + k * Block, products + starts[k]);
        }

        for (int i = 0; i < count; i++)
            result[order[i]] = products[i];
    }

    public override void AddTo(int* positions, double* coefficients, int count, double* vector)
    {
        double* values = _values.Require(Math.Max(count, 1));
        int* starts = Part(positions, count), order = starts + Outputs + 1, places = order + count;
        for (int i = 0; i < count; i++)
            values[i] = coefficients[order[i]];
        for (int k = 0; k < Outputs; k++)
        {
            if (starts[k] < starts[k + 1])
                _held!.AddTo(places + starts[k], values + starts[k], starts[k + 1] - starts[k], vector + k * Block);
        }
    }

    /// <summary>Columns of different outputs have nothing in common; those of one have what their features have.</summary>
    public override void FillGram(WorkCrew crew, int known, int total, double* gram, nint stride)
    {
        int held = _placeOf.Count;
        if (held > _gramStride)
        {
            // What is there stays, so that a product does not depend on how much room there was.
            nint wider = 2 * (nint)held;
            _gram.GrowRows(wider, _gramKnown, _gramStride, wider);
            _gramStride = wider;
        }

        double* products = _gram.Pointer;
        _held!.FillGram(crew, _gramKnown, held, products, _gramStride);
        _gramKnown = held;
        for (int a = known; a < total; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                int row = Math.Max(_places[a], _places[b]), other = Math.Min(_places[a], _places[b]);
                gram[a * stride + b] = _outputs[a] == _outputs[b] ? products[row * _gramStride + other] : 0;
            }
        }
    }

    /// <summary>The Gram matrix of the features alone, where all outputs of each have been added together.</summary>
    public void FillFeatures(WorkCrew crew, int known, int total, double* gram, nint stride) => _held!.FillGram(crew, known, total, gram, stride);

    public override void FillGram(WorkCrew crew, ISymmetricOperator curvature, int known, int total, double* gram, nint stride)
    {
        if (curvature is ICoupledOperator { Shares: not null } coupled && _held is CopiedColumns copies)
            _coupled.Fill(crew, coupled, copies, _design.Features.Rows, _places, _outputs, known, total, gram, stride);
        else
            base.FillGram(crew, curvature, known, total, gram, stride);
    }

    public override void Dispose()
    {
        base.Dispose();
        _held?.Dispose();
        _scaling.Dispose();
        _column.Dispose();
        _values.Dispose();
        _coupled.Dispose();
        _gram.Dispose();
        _lists.Dispose();
    }

    /// <summary>Parts positions by output: where those of each output start, then the order, then their features' places in that order.</summary>
    private int* Part(int* positions, int count)
    {
        int* starts = _lists.Require(Outputs + 1 + 2 * (nint)count), order = starts + Outputs + 1, places = order + count;
        new Span<int>(starts, Outputs + 1).Clear();
        for (int i = 0; i < count; i++)
            starts[_outputs[positions[i]] + 1]++;
        for (int k = 0; k < Outputs; k++)
            starts[k + 1] += starts[k];
        for (int i = 0; i < count; i++)
        {
            int at = starts[_outputs[positions[i]]]++;
            (order[at], places[at]) = (i, _places[positions[i]]);
        }

        for (int k = Outputs; k > 0; k--)
            starts[k] = starts[k - 1];
        starts[0] = 0;
        return starts;
    }
}
