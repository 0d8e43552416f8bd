using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// A loss that couples the outputs of a row, with groups that are the outputs of a feature: the Gram matrix of all members would be K² times as large as
/// that of the features, and new with each curvature. A vector is multiplied through the rows instead, and the problem keeps the features' matrix.
/// </summary>
internal sealed unsafe partial class GroupSolver : IGroupCurvature
{
    /// <summary>How many times faster a multiply-add of a factor is than one of a product with columns.</summary>
    private const double FactorSpeed = 4;

    /// <summary>What is divided by is no less.</summary>
    private const double Flattest = 1e-300;

    private readonly AlignedBuffer<double> _fitted = new();
    private readonly AlignedBuffer<double> _values = new();
    private readonly AlignedBuffer<int> _admitted = new(); // the group of each of the problem
    private double _mean;
    private bool _isByRows;

    double IGroupCurvature.Mean => _mean;

    double IGroupCurvature.Price => 1.6 / (2 * FactorSpeed * Rows);

    void IGroupCurvature.Multiply(int* positions, double* vector, int count, int* results, int resultCount, double* result)
    {
        double* fitted = _fitted.Require(2 * (nint)Rows), curved = fitted + Rows;
        new Span<double>(fitted, Rows).Clear();
        Held.AddTo(positions, vector, count, fitted);
        _datafit!.Apply(fitted, curved);
        Held.Dot(results == null ? All() : results, resultCount, curved, result);
    }

    /// <summary>Whether that is how this problem is solved.</summary>
    private bool IsByRows()
    {
        if (_datafit is not ICoupledOperator || Held is not StackedColumns || Terms.HasFree || !Groups.AreOfOutputs(Datafit.Outputs))
            return false;
        for (int g = 0; g < Groups.Count; g++)
        {
            for (int k = 0; k < Groups.Size(g); k++)
            {
                if (Groups.Unit1(g)[k] != 0 || Groups.Share(g)[k] != 1 || Groups.Unit2(g)[k] != Groups.Unit2(g)[0])
                    return false;
            }
        }

        return true;
    }

    /// <summary>What has been frozen bends by so much at most, and by so much on average.</summary>
    private void TakeCurvature()
    {
        ICoupledOperator coupled = (ICoupledOperator)_datafit!;
        _problem.Scale = _mean = Math.Max(_datafit!.LargestCurvature, Flattest);
        double* shares = coupled.Shares;
        if (shares == null)
            return;
        double total = 0;
        for (int i = 0; i < Rows; i++)
            total += Datafit.RootWeights[i] * Datafit.RootWeights[i] * shares[i] * (1 - shares[i]);
        _mean = Math.Max(coupled.Scale * total / (coupled.Outputs - 1), 1e-6 * _mean);
    }
}
