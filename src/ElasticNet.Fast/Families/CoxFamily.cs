namespace ElasticNet.Fast.Families;

/// <summary>Minus the partial log-likelihood of Cox: who has the event, of all who are at risk when it happens.</summary>
/// <param name="isEfron">Whether ties are taken as Efron does; else as Breslow.</param>
internal sealed class CoxFamily(bool isEfron) : Family(
    isEfron ? 7u : 8u, "cox", isEfron ? "Cox" : "Cox (Breslow ties)", Link.Log, Measure.PartialDeviance, Measure.Concordance)
{
    public bool IsEfron => isEfron;
}
