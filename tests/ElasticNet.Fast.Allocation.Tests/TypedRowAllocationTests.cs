using ElasticNet.Fast.Models;
using ElasticNet.Fast.Tests.Models;
using ElasticNet.Fast.Tests.TypedRows;
using ElasticNet.Fast.TypedRows;

namespace ElasticNet.Fast.Allocation.Tests;

/// <summary>A warm prediction of typed rows allocates nothing: one row or many, struct or class, narrow or wide, numbers or categories.</summary>
public class TypedRowAllocationTests
{
    private const int Rows = 300;

    private readonly double[] _predictions = new double[Rows];
    private readonly double[] _offset = new double[Rows];

    [Fact]
    public void Structs() => Nothing(new PointStruct(1, 2, "x", 3), ["B", "C", "A"]);

    [Fact]
    public void Classes() => Nothing(new Point { A = 1, B = 2, C = 3, Label = "x" }, ["B", "C", "A"]);

    [Fact]
    public void Members_of_every_sort() => Nothing(new House { Area = 70, District = "south", Heating = Heating.Gas, EnergyClass = 'B' }, ["area", "rooms", "garden"]);

    [Fact]
    public void Wide_rows() => Nothing(new WideRow(new double[WideRow.Width]), [.. WideRow.Members.Select(member => member.Name)]);

    /// <summary>Gaps, levels known and unknown, filled and encoded.</summary>
    [Theory]
    [InlineData(ImputationMethod.Mean)]
    [InlineData(ImputationMethod.NearestNeighbors)]
    public void Through_a_preparation(ImputationMethod imputation)
    {
        Random random = new(1);
        House[] houses = [.. Enumerable.Range(0, Rows).Select(_ => House.Any(random))];
        double[] y = [.. houses.Select(house => house.Area + random.NextDouble() + (house.Heating == Heating.Gas ? 20 : 0))];
        PreparationOptions preparation = new() { Imputation = imputation, MissingIndicators = true };
        using ElasticNetModel model = ElasticNetEstimator.Fit(FeatureTable.From<House>(houses), y, 1e-3, 1, new() { Preparation = preparation });
        TypedPredictor<House> predictor = new(model);
        Assert.Equal((0, 0), Allocated.By(() =>
        {
            foreach (ref readonly House house in houses.AsSpan())
                predictor.Predict(in house);
            predictor.Predict(houses, _predictions);
        }));
    }

    [Fact]
    public void Categories()
    {
        InputColumn[] inputs = [InputColumn.Category("heating", ["Gas"]), InputColumn.Category("district", ["south"]), InputColumn.Category("class", ["B"])];
        MemberTarget[] targets = MemberMap.Of(inputs, Members<House>(), nameof(House));
        House[] houses =
        [
            new() { Heating = Heating.Gas, District = "south", EnergyClass = 'B' },
            new() { Heating = Heating.Oil, District = "elsewhere", EnergyClass = 'X' },
            new() { Heating = (Heating)1000 },
        ];
        var raw = new double[3];
        Assert.Equal((0, 0), Allocated.By(() =>
        {
            foreach (ref readonly House house in houses.AsSpan())
            {
                RowSink sink = new(targets, raw, nameof(House));
                Write(in house, ref sink);
            }
        }));
        Assert.Equal([InputColumn.UnknownLevel, double.NaN, InputColumn.UnknownLevel], raw);
    }

    private void Nothing<TRow>(TRow row, string[] names)
        where TRow : IElasticNetFeatures<TRow>
    {
        TRow[] rows = [.. Enumerable.Repeat(row, Rows)];
        using ElasticNetModel plain = Model(names, offset: false);
        using ElasticNetModel offset = Model(names, offset: true);
        TypedPredictor<TRow> ofPlain = new(plain), ofOffset = new(offset);
        Assert.Equal((0, 0), Allocated.By(() =>
        {
            ofPlain.Predict(in rows[0]);
            ofOffset.Predict(in rows[0], 1);
            ofPlain.Predict(rows, _predictions);
            ofOffset.Predict(rows, _predictions, _offset);
        }));
    }

    private static IReadOnlyList<FeatureMember> Members<TRow>()
        where TRow : IElasticNetFeatures<TRow> => TRow.Members;

    private static void Write<TRow>(in TRow row, ref RowSink sink)
        where TRow : IElasticNetFeatures<TRow> => TRow.Write(in row, ref sink);

    private static ElasticNetModel Model(string[] names, bool offset)
    {
        ModelContent content = SampleModels.Content(7, names.Length, density: 1, offset: offset, names: false) with { FeatureNames = names };
        return new(content);
    }
}
