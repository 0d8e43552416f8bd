namespace ElasticNet.Fast.Inference;

/// <summary>What standard errors of unpenalised coefficients take for granted.</summary>
public enum StandardErrors
{
    /// <summary>The family's variance, and so the same of each row per weight: those of R's <c>lm</c> and <c>glm</c>.</summary>
    Classical,

    /// <summary>
    /// Rows are independent, and their variances may be any: (XᵀWX)⁻¹Xᵀdiag(s²/(1 − h)²)X(XᵀWX)⁻¹, s the score of a row and h its leverage, the HC3
    /// of MacKinnon and White (1985). For weighted rows and families as <c>sandwich::vcovHC</c> has it.
    /// </summary>
    HC3,
}
