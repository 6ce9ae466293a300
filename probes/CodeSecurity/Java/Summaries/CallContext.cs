using System.Globalization;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What is known of the arguments of a call beyond where they come from.</summary>
/// <param name="Key">Tells contexts apart; empty where nothing is known.</param>
/// <param name="Constants">By number of the parameter, the first is 0; null where it is not known.</param>
internal sealed record CallContext(string Key, IReadOnlyList<object?> Constants)
{
    private const int LongestText = 48;

    public static CallContext None { get; } = new(string.Empty, []);

    public static CallContext Of(IReadOnlyList<FlowValue> arguments)
    {
        if (!arguments.Any(a => IsTelling(a.Constant)))
        {
            return None;
        }

        return new CallContext(
            string.Join('\u0001', arguments.Select(a => IsTelling(a.Constant) ? Say(a.Constant!) : string.Empty)),
            [.. arguments.Select(a => IsTelling(a.Constant) ? a.Constant : null)]);
    }

    private static bool IsTelling(object? constant) => constant is bool or long or char or JavaNull or string { Length: <= LongestText } or DeployedText { Value.Length: <= LongestText };

    private static string Say(object constant) => constant is JavaNull ? "null" : string.Create(CultureInfo.InvariantCulture, $"{constant.GetType().Name[0]}{constant}");

    public bool Equals(CallContext? other) => other is not null && Key == other.Key;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Key);
}
