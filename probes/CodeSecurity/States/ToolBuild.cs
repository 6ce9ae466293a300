using System.Reflection;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Which build of the engines this is.</summary>
internal static class ToolBuild
{
    public static string Version { get; } = typeof(ToolBuild).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>Another one for every change of the code.</summary>
    public static string Id { get; } = $"{typeof(ToolBuild).Module.ModuleVersionId:N}";
}
