using ElasticNet.Fast.Preprocessing;
using Xunit;

namespace ElasticNet.Fast.Allocation.Tests;

/// <summary>Warm scalers and imputers allocate nothing: fit, there, back, a panel, a row.</summary>
public class PreprocessingAllocationTests
{
    private const int Rows = 600;
    private const int Columns = 17;

    private readonly double[] _doubles = new double[Rows * Columns];
    private readonly float[] _floats = new float[Rows * Columns];
    private readonly double[] _result = new double[Rows * Columns];
    private readonly float[] _single = new float[Rows * Columns];
    private readonly double[] _weights = new double[Rows];
    private readonly double[] _centers = new double[Columns];
    private readonly double[] _scales = new double[Columns];

    public PreprocessingAllocationTests()
    {
        Random random = new(1);
        for (int i = 0; i < _doubles.Length; i++)
            _floats[i] = (float)(_doubles[i] = random.Next(9) == 0 ? double.NaN : random.NextDouble());
        for (int i = 0; i < Rows; i++)
            _weights[i] = random.NextDouble();
    }

    public static TheoryData<ScalingMethod> Methods => new(Enum.GetValues<ScalingMethod>());

    [Theory]
    [MemberData(nameof(Methods))]
    public void Fit_into_spans(ScalingMethod method)
    {
        ScalerOptions options = new() { Method = method };
        Assert.Equal((0, 0), Allocated.By(() =>
        {
            Scaler.Fit(MatrixView.RowMajor<double>(_doubles, Rows, Columns), options, default, _centers, _scales);
            Scaler.Fit(MatrixView.ColumnMajor<double>(_doubles, Rows, Columns), options, _weights, _centers, _scales);
            Scaler.Fit(MatrixView.RowMajor<float>(_floats, Rows, Columns), options, _weights, _centers, _scales);
            Scaler.Fit(MatrixView.ColumnMajor<float>(_floats, Rows, Columns), options, default, _centers, _scales);
        }));
    }

    [Fact]
    public void There_and_back()
    {
        Scaler scaler = Scaler.Fit(MatrixView.RowMajor<double>(_doubles, Rows, Columns), new());
        Assert.Equal((0, 0), Allocated.By(() =>
        {
            scaler.Transform(MatrixView.RowMajor<double>(_doubles, Rows, Columns), MatrixSpan.RowMajor<double>(_result, Rows, Columns));
            scaler.InverseTransform(MatrixSpan.RowMajor<double>(_result, Rows, Columns), MatrixSpan.RowMajor<double>(_result, Rows, Columns));
            scaler.Transform(MatrixView.ColumnMajor<double>(_doubles, Rows, Columns), MatrixSpan.RowMajor<double>(_result, Rows, Columns));
            scaler.Transform(MatrixView.ColumnMajor<float>(_floats, Rows, Columns), MatrixSpan.ColumnMajor<float>(_single, Rows, Columns));
            scaler.InverseTransform(MatrixSpan.ColumnMajor<float>(_single, Rows, Columns), MatrixSpan.ColumnMajor<float>(_single, Rows, Columns));
        }));
    }

    [Fact]
    public void A_panel_more()
    {
        ScalerAccumulator accumulator = new(Columns), other = new(Columns);
        Assert.Equal((0, 0), Allocated.By(() =>
        {
            accumulator.Add(MatrixView.RowMajor<double>(_doubles, Rows, Columns), _weights);
            accumulator.Add(MatrixView.ColumnMajor<float>(_floats, Rows, Columns));
            accumulator.Merge(other);
        }));
    }

    [Theory]
    [InlineData(NeighborWeighting.Uniform)]
    [InlineData(NeighborWeighting.Distance)]
    public void A_row_with_gaps(NeighborWeighting weighting)
    {
        NeighborImputer imputer = NeighborImputer.Learn(_doubles, Rows, Columns, 5, weighting);
        double[] row = new double[Columns];
        Assert.Equal((0, 0), Allocated.By(() =>
        {
            _doubles.AsSpan(0, Columns).CopyTo(row);
            row[3] = double.NaN;
            imputer.Fill(row);
        }));
    }
}
