using System.ComponentModel;
using System.Reflection;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>The names that people read of closed lists.</summary>
internal static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum =>
        typeof(T).GetField(value.ToString())?.GetCustomAttribute<DescriptionAttribute>()?.Description ?? value.ToString();
}
