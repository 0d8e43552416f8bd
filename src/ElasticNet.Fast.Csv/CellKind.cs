namespace ElasticNet.Fast.Csv;

/// <summary>What the text of a cell is that is not missing.</summary>
internal enum CellKind
{
    /// <summary>A number.</summary>
    Number,

    /// <summary>A date.</summary>
    Date,

    /// <summary>What would be a number, were it written otherwise: 1,5 or $ 5 or 1e999.</summary>
    Dressed,

    /// <summary>Anything else.</summary>
    Text,
}
