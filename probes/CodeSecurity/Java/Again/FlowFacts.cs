namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What an analysis asks of all bodies of a tree at once.</summary>
/// <param name="Methods">How many there are.</param>
/// <param name="Fixed">As of <see cref="FlowNumbers.Fixed"/>.</param>
/// <param name="Scarce">Of which classes it is not sure that they run.</param>
/// <param name="Idle">Numbers of methods that nobody calls.</param>
/// <param name="Asking">Numbers of methods of which it was asked whether they leave a step to classes below, with the answer.</param>
internal sealed record FlowFacts(int Methods, UInt128 Fixed, UInt128 Scarce, IReadOnlyList<int> Idle, IReadOnlyList<(int Method, bool Asks)> Asking);
