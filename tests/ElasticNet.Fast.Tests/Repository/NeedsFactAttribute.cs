namespace ElasticNet.Fast.Tests.Repository;

/// <summary>A fact that is skipped, with the reason, on a machine that lacks one of the tools. `.ci/run` installs them all and lets none be skipped.</summary>
public sealed class NeedsFactAttribute : FactAttribute
{
    public NeedsFactAttribute(Tool tools) => Skip = Tools.Missing(tools);
}
