namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>Tests that look at the clock run without others beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
