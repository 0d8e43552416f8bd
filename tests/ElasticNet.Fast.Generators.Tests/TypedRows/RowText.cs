namespace ElasticNet.Fast.Generators.Tests.TypedRows;

/// <summary>Source texts for the tests.</summary>
internal static class RowText
{
    /// <summary>A type with a member of every sort, small enough to read.</summary>
    public const string House = """
        using ElasticNet.Fast;
        using ElasticNet.Fast.TypedRows;

        namespace Demo;

        public enum Heating { Gas, Oil, [FeatureName("heat pump")] HeatPump, Naphtha = Oil }

        [ElasticNetFeatures]
        public partial record struct House(
            float Area,
            [FeatureName("rooms")] int? Rooms,
            string? District,
            Heating? Heating,
            bool HasGarden,
            decimal Tax,
            char Grade,
            [FeatureIgnore] System.DateTime Sold);

        """;

    /// <summary>A plain class, whose first features come from elsewhere.</summary>
    public const string Flat = """
        using ElasticNet.Fast;
        using ElasticNet.Fast.TypedRows;

        namespace Demo;

        public abstract class Dwelling { public double Area; public virtual double Rent { get; set; } }

        public static partial class Outer<T>
        {
            [ElasticNetFeatures]
            internal sealed partial class Flat : Dwelling
            {
                public override double Rent { get => base.Rent; set => base.Rent = value; }
                public int @class { get; init; }
                public double RentPerArea => Rent / Area;
                public static int Count { get; }
                public int WriteOnly { set { } }
                private double Secret { get; set; }
                [FeatureIgnore] public T Key = default!;
                public double this[int index] => index;
            }
        }

        """;
}
