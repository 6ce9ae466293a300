namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>How much of a text is read; what lies beyond is a gap.</summary>
/// <param name="Characters">Of a file; of a longer one nothing is read.</param>
/// <param name="Tokens">Of a file.</param>
/// <param name="Depth">Of nested expressions, statements, types and bodies.</param>
/// <param name="Links">Calls, fields and indexes one behind the other.</param>
/// <param name="Gaps">Of a file; at the last one reading ends.</param>
internal sealed record JavaLimits(int Characters = 16_000_000, int Tokens = 4_000_000, int Depth = 400, int Links = 2_000, int Gaps = 1_000)
{
    public static JavaLimits Default { get; } = new();
}
