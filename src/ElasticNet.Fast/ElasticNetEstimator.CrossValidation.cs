using ElasticNet.Fast.Problems;
using ElasticNet.Fast.Selection;

namespace ElasticNet.Fast;

// Choosing λ and ρ.
public static unsafe partial class ElasticNetEstimator
{
    /// <summary>Chooses λ and ρ by k-fold cross-validation and refits on all rows.</summary>
    /// <param name="x">The features, n × p.</param>
    /// <param name="y">The target, n values.</param>
    /// <param name="options">Folds, mixings, measure and everything else; null means the defaults.</param>
    /// <param name="workspace">Buffers that are kept from call to call; null takes new ones.</param>
    /// <exception cref="UnfinishedException{TResult}">The options' token was cancelled on the way; the exception carries what is finished.</exception>
    public static CrossValidationResult CrossValidate(Features x, Target y, ElasticNetOptions? options = null, Workspace? workspace = null)
    {
        options = GivenOptions.For(x, y, options);
        using WorkspaceUse use = new(workspace);
        return CrossValidator.Run(x, y, options, use.Workspace.Memory, use.Workspace.Folds);
    }
}
