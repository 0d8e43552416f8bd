using ElasticNet.Fast.Tests.Models;
using Xunit;

namespace ElasticNet.Fast.Allocation.Tests;

/// <summary>A warm prediction allocates nothing: one row or a batch, either layout, either storage type, on the heap or mapped.</summary>
public sealed class PredictAllocationTests : IDisposable
{
    private const int Features = 37;
    private const int Rows = 300;
    private const int Calls = 1000;

    private readonly TemporaryDirectory _directory = new();
    private readonly double[] _doubles = new double[Rows * Features];
    private readonly float[] _floats = new float[Rows * Features];
    private readonly double[] _offset = new double[Rows];
    private readonly double[] _predictions = new double[Rows];

    public void Dispose() => _directory.Dispose();

    public static TheoryData<double, bool> Models => new()
    {
        { 0.3, false },
        { 0.3, true },
        { 1, false },
        { 1, true },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void One_row(double density, bool mapped)
    {
        using ElasticNetModel model = Open(density, mapped, offset: false);
        AssertNothing(() =>
        {
            model.Predict(_doubles.AsSpan(0, Features));
            model.Predict(_floats.AsSpan(0, Features));
        });
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void One_row_with_an_offset(double density, bool mapped)
    {
        using ElasticNetModel model = Open(density, mapped, offset: true);
        AssertNothing(() =>
        {
            model.Predict(_doubles.AsSpan(0, Features), 1);
            model.Predict(_floats.AsSpan(0, Features), 1);
        });
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_batch(double density, bool mapped)
    {
        using ElasticNetModel model = Open(density, mapped, offset: false);
        AssertNothing(() =>
        {
            model.Predict(MatrixView.RowMajor<double>(_doubles, Rows, Features), _predictions);
            model.Predict(MatrixView.RowMajor<float>(_floats, Rows, Features), _predictions);
            model.Predict(MatrixView.ColumnMajor<double>(_doubles, Rows, Features), _predictions);
            model.Predict(MatrixView.ColumnMajor<float>(_floats, Rows, Features), _predictions);
        });
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_batch_with_an_offset(double density, bool mapped)
    {
        using ElasticNetModel model = Open(density, mapped, offset: true);
        AssertNothing(() =>
        {
            model.Predict(MatrixView.RowMajor<double>(_doubles, Rows, Features), _predictions, _offset);
            model.Predict(MatrixView.ColumnMajor<float>(_floats, Rows, Features), _predictions, _offset);
        });
    }

    [Fact]
    public void Families_with_a_link()
    {
        foreach (Family family in (Family[])[Family.Binomial, Family.Probit, Family.ComplementaryLogLog, Family.Poisson])
        {
            using ElasticNetModel model = new(SampleModels.Content(1, Features, 0.5, offset: false) with { Family = family });
            int length = 0;
            AssertNothing(() =>
            {
                model.Predict(_doubles.AsSpan(0, Features));
                model.Predict(MatrixView.RowMajor<double>(_doubles, Rows, Features), _predictions);
                model.OnLinkScale.Predict(_floats.AsSpan(0, Features));
                length += family.HasClasses ? model.PredictClass(_doubles.AsSpan(0, Features), 0.4).Length : 1;
            });
            Assert.True(length > 0);
        }
    }

    /// <summary>With 3 outputs their lanes are on the stack, with 200 in a pooled array.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(200)]
    public void Several_outputs(int outputs)
    {
        using ElasticNetModel model = new(SampleOutputs.Content(Family.Multinomial, 1, Features, outputs));
        double[] one = new double[outputs], all = new double[20 * outputs], some = [1, 2, 3];
        int[] features = [1, 5, 7];
        int length = 0;
        AssertNothing(() =>
        {
            model.Predict(_doubles.AsSpan(0, Features), one);
            model.Predict(_floats.AsSpan(0, Features), one);
            model.OnLinkScale.Predict(_doubles.AsSpan(0, Features), one);
            model.Predict(features, some, one);
            length += model.PredictClass(_doubles.AsSpan(0, Features)).Length;
            model.Predict(MatrixView.RowMajor<double>(_doubles, 20, Features), all);
            model.Predict(MatrixView.ColumnMajor<float>(_floats, 20, Features), all);
        }, Calls / outputs + 30);
        Assert.True(length > 0);
    }

    [Fact]
    public void Coefficients_on_the_heap()
    {
        using ElasticNetModel model = Open(0.3, mapped: true, offset: false);
        int length = 0;
        AssertNothing(() => length += model.Indices.Length + model.Values.Length + model.StandardDeviations.Length + model.Coefficients.Count);
        Assert.True(length > 0);
    }

    private ElasticNetModel Open(double density, bool mapped, bool offset)
    {
        string path = _directory.File("model.enet");
        using ElasticNetModel model = SampleModels.Model(1, Features, density, offset);
        model.Save(path);
        return mapped ? ElasticNetModel.OpenMapped(path, largestCopy: 0) : ElasticNetModel.Load(path);
    }

    private static void AssertNothing(Action call, int calls = Calls)
    {
        for (int i = 0; i < calls; i++)
            call();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < calls; i++)
            call();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
