namespace ElasticNet.Fast.Models;

/// <summary>"COEF": intercept, and value, standard deviation and index of every coefficient that is not 0.</summary>
internal static class CoefficientSection
{
    private const int Reserved = ModelFile.CoefficientHeaderSize - 2 * sizeof(uint) - sizeof(double);

    /// <summary>Writes the header and the three arrays, the widest first, so that each is aligned.</summary>
    public static void Write(SectionWriter file, double intercept, int outputs, in CoefficientSpans coefficients)
    {
        file.Begin(SectionKind.Coefficients);
        file.UInt32((uint)coefficients.Indices.Length);
        file.UInt32(outputs == 1 ? 0 : (uint)outputs);
        file.Double(intercept);
        file.Zeros(Reserved);
        file.Numbers(coefficients.Values);
        file.Numbers(coefficients.StandardDeviations);
        file.Numbers(coefficients.Indices);
        file.End();
    }

    /// <summary>Reads the header and says where the arrays are.</summary>
    /// <param name="section">The section.</param>
    /// <param name="outputs">How many outputs the model has, which the section must agree with.</param>
    /// <param name="intercept">Of one output its intercept; else 0.</param>
    public static CoefficientRegion Read(SectionReader section, int outputs, out double intercept)
    {
        int count = section.Count("coefficient count");
        if (outputs == 1)
            section.Zeros(sizeof(uint));
        else if (section.UInt32() is var known && known != outputs)
            Throw.ModelFile($"'outputs' of the coefficients ({known}) must be the {outputs} of section 'OUTP'");
        intercept = section.Double();
        if (outputs > 1 && BitConverter.DoubleToUInt64Bits(intercept) != 0)
            Throw.ModelFile($"'intercept' ({intercept}) must be 0 where each of {outputs} outputs has its own");
        section.Zeros(Reserved);
        // Outputs have names, so that they are fewer than the file has bytes: the product is far below 2⁶³.
        section.RequireRemaining(count * (ModelFile.CoefficientSize + (outputs - 1L) * sizeof(double)));
        return new CoefficientRegion(section.FilePosition, count, outputs);
    }
}
