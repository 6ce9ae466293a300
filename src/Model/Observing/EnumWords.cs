using System.ComponentModel;
using System.Reflection;

namespace SmartCity.SecurityCheck.Model;

/// <summary>What people read instead of a value out of a closed list.</summary>
public static class EnumWords
{
    /// <summary>The member's description; its name where it has none.</summary>
    public static string Say<T>(T value)
        where T : struct, Enum => typeof(T).GetField($"{value}")?.GetCustomAttribute<DescriptionAttribute>()?.Description ?? $"{value}";
}
