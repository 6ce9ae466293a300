using System.Reflection;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Which build of the engines this is.</summary>
internal static class ToolBuild
{
    public static string Version { get; } = typeof(ToolBuild).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
}
