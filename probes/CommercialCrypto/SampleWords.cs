using System.ComponentModel;
using System.Reflection;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>What people read instead of a value out of a closed list.</summary>
internal static class SampleWords
{
    /// <summary>The member's description; its name where it has none.</summary>
    public static string Say<T>(T value)
        where T : struct, Enum => typeof(T).GetField($"{value}")?.GetCustomAttribute<DescriptionAttribute>()?.Description ?? $"{value}";
}
