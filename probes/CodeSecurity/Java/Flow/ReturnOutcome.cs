namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>One way out of a method that hands back an object it made, as an answer that says how a check ended.</summary>
/// <param name="Type">Full name of what is handed back; null where nobody knows.</param>
/// <param name="Parts">Its fields: constants, and null where one holds something that is not known.</param>
/// <param name="Cleaned">By number of the input: what it is cleaned of on this way.</param>
internal sealed record ReturnOutcome(string? Type, IReadOnlyDictionary<string, object?> Parts, ulong[] Cleaned)
{
    /// <summary>Ways that are kept apart.</summary>
    public const int Most = 12;

    private static readonly Dictionary<string, object?> Nothing = [];

    /// <summary>Of an object nobody knows: it may say anything.</summary>
    public bool IsUnclear => Type is null;

    public static bool Same(ReturnOutcome a, ReturnOutcome b) => ReferenceEquals(a, b)
        || (a.Type == b.Type && a.Cleaned.AsSpan().SequenceEqual(b.Cleaned) && a.Parts.Count == b.Parts.Count && a.Parts.All(p => b.Parts.TryGetValue(p.Key, out var other) && Equals(p.Value, other)));

    /// <param name="one">What is handed back; null where no single object that was made here is known.</param>
    /// <param name="cleaned">By number of the input.</param>
    public static ReturnOutcome Of(FlowObject? one, ulong[] cleaned) => one is not { Input: null, IsExact: true, Type: { } type } || one.Parts.ContainsKey(FlowObject.Any)
        ? new ReturnOutcome(null, Nothing, cleaned)
        : new ReturnOutcome(type, one.Parts.ToDictionary(p => p.Key, p => p.Value.Constant, StringComparer.Ordinal), cleaned);
}
