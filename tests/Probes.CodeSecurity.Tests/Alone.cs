namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Tests that measure the processor time of the process run without others beside them, whose time it would be too.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
