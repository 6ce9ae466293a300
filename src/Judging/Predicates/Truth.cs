namespace SmartCity.SecurityCheck.Judging;

/// <summary>Three-valued truth (Kleene): Unknown wherever a field is missing.</summary>
public enum Truth
{
    Unknown,
    Fails,
    Holds,
}

internal static class Kleene
{
    public static Truth Of(bool value) => value ? Truth.Holds : Truth.Fails;

    public static Truth Negate(Truth truth) => truth switch
    {
        Truth.Holds => Truth.Fails,
        Truth.Fails => Truth.Holds,
        _ => Truth.Unknown,
    };

    /// <summary>Holds over nothing; the callers decide what an empty list means.</summary>
    public static Truth All(IEnumerable<Truth> parts)
    {
        var least = Truth.Holds;
        foreach (var part in parts)
        {
            if (part == Truth.Fails)
            {
                return Truth.Fails;
            }

            least = part == Truth.Unknown ? Truth.Unknown : least;
        }

        return least;
    }

    public static Truth Any(IEnumerable<Truth> parts) => Negate(All(parts.Select(Negate)));
}
