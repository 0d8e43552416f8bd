namespace ElasticNet.Fast.Csv;

/// <summary>What is written of a prediction.</summary>
public enum PredictionType
{
    /// <summary>The mean response: a probability, an expected count or amount; of several outputs the probability of each class, or each response.</summary>
    Response,

    /// <summary>The linear predictor η: log odds, or the logarithm of the mean.</summary>
    Link,

    /// <summary>The label of the class, of a binomial model; of a multinomial one that of the most probable.</summary>
    Class,

    /// <summary>The chances of being without the event at <see cref="PredictionOptions.Times"/>, of a Cox model.</summary>
    Survival,
}
