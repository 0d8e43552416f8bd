using ElasticNet.Fast.Generators;

namespace ElasticNet.Fast.KernelGenerator.Model;

/// <summary>What parsing one template gives: the template, or what is wrong with it. A name for the message about two templates of one kernel.</summary>
internal sealed record ParseResult(Template? Template, DiagnosticInfo Place, EquatableArray<DiagnosticInfo> Diagnostics);
