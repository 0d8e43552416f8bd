namespace ElasticNet.Fast.Models;

/// <summary>"COEF": intercept, and value, standard deviation and index of every coefficient that is not 0.</summary>
internal static class CoefficientSection
{
    private const int Reserved = ModelFile.CoefficientHeaderSize - 2 * sizeof(uint) - sizeof(double);

    /// <summary>Writes the header and the three arrays, the widest first, so that each is aligned.</summary>
    public static void Write(SectionWriter file, double intercept, in CoefficientSpans coefficients)
    {
        file.Begin(SectionKind.Coefficients);
        file.UInt32((uint)coefficients.Indices.Length);
        file.UInt32(0);
        file.Double(intercept);
        file.Zeros(Reserved);
        file.Numbers(coefficients.Values);
        file.Numbers(coefficients.StandardDeviations);
        file.Numbers(coefficients.Indices);
        file.End();
    }

    /// <summary>Reads the header and says where the arrays are.</summary>
    public static CoefficientRegion Read(SectionReader section, out double intercept)
    {
        int count = section.Count("coefficient count");
        section.Zeros(sizeof(uint));
        intercept = section.Double();
        section.Zeros(Reserved);
        section.RequireRemaining(count * (long)ModelFile.CoefficientSize);
        return new CoefficientRegion(section.FilePosition, count);
    }
}
