using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>The analyzers of one folder beside the tool, in a load context of their own; the compiler is this process's.</summary>
/// <param name="Name">Of the folder.</param>
/// <param name="Version">Of its main library; null where it is missing.</param>
/// <param name="Analyzers">Those with a number that is switched on.</param>
/// <param name="Enabled">Numbers that are switched on.</param>
/// <param name="All">Every number it has; the others are switched off by name.</param>
/// <param name="Trouble">Why it cannot run; null where it can.</param>
internal sealed record AnalyzerEngine(string Name, string? Version, ImmutableArray<DiagnosticAnalyzer> Analyzers, IReadOnlyList<string> Enabled, IReadOnlyList<string> All, string? Trouble)
{
    /// <summary>The folders there may be, and the libraries with analyzers in each, the main one first.</summary>
    public static IReadOnlyList<(string Folder, string[] Libraries)> Known { get; } =
    [
        ("NetAnalyzers", ["Microsoft.CodeAnalysis.NetAnalyzers.dll", "Microsoft.CodeAnalysis.CSharp.NetAnalyzers.dll"]),
        ("SecurityCodeScan", ["SecurityCodeScan.VS2019.dll"]),
        ("SonarAnalyzer", ["SonarAnalyzer.CSharp.dll"]),
    ];

    /// <summary>Libraries of editors and of another language: what builds on them is no analyzer of C#.</summary>
    private static readonly string[] Unneeded =
        ["Microsoft.CodeAnalysis.Workspaces", "Microsoft.CodeAnalysis.CSharp.Workspaces", "Microsoft.CodeAnalysis.VisualBasic", "Microsoft.CodeAnalysis.VisualBasic.Workspaces", "Microsoft.CodeAnalysis.Features", "System.Composition.AttributedModel"];

    /// <summary>Analyzers that could not be made and types that could not be loaded; what they would have said is not there.</summary>
    public int NotLoaded { get; init; }

    /// <param name="folder">Where the engines' folders lie.</param>
    /// <param name="name">One of <see cref="Known"/>.</param>
    /// <param name="libraries">Beside it.</param>
    /// <param name="tables">Which numbers matter.</param>
    public static AnalyzerEngine Open(string folder, string name, string[] libraries, IReadOnlyList<EngineRuleTable> tables)
    {
        var own = Path.Combine(folder, name);
        if (Array.Find(libraries, l => !File.Exists(Path.Combine(own, l))) is { } missing)
        {
            return new AnalyzerEngine(name, null, [], [], [], $"没有找到 engines/{name}/{missing}");
        }

        try
        {
            var context = new EngineContext(own);
            var assemblies = libraries.Select(l => context.LoadFromAssemblyPath(Path.Combine(own, l))).ToList();
            var loaded = assemblies.ConvertAll(Types);
            var made = loaded.SelectMany(l => l.Types).Where(IsAnalyzer).OrderBy(t => t.FullName, StringComparer.Ordinal).Select(Create).ToList();
            return Choose(name, VersionOf(Path.Combine(own, libraries[0])), [.. made.OfType<DiagnosticAnalyzer>()], tables) with
            {
                NotLoaded = loaded.Sum(l => l.Missing) + made.Count(a => a is null),
            };
        }
        catch (Exception broken) when (broken is IOException or BadImageFormatException or UnauthorizedAccessException or TypeLoadException)
        {
            return new AnalyzerEngine(name, null, [], [], [], $"engines/{name} 装不进来：{broken.GetType().Name}");
        }
    }

    private static AnalyzerEngine Choose(string name, string version, List<DiagnosticAnalyzer> analyzers, IReadOnlyList<EngineRuleTable> tables)
    {
        var named = tables.SelectMany(t => t.Rules).Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        var ignored = tables.SelectMany(t => t.Ignored).Select(i => i.Id).ToHashSet(StringComparer.Ordinal);
        var numbers = analyzers.SelectMany(a => a.SupportedDiagnostics).ToLookup(d => d.Id, StringComparer.Ordinal);
        var enabled = numbers.Where(n => !ignored.Contains(n.Key) && (named.Contains(n.Key) || n.Any(IsAboutSecurity))).Select(n => n.Key).ToHashSet(StringComparer.Ordinal);
        return new AnalyzerEngine(
            name,
            version,
            [.. analyzers.Where(a => a.SupportedDiagnostics.Any(d => enabled.Contains(d.Id)))],
            [.. enabled.Order(StringComparer.Ordinal)],
            [.. numbers.Select(n => n.Key).Order(StringComparer.Ordinal)],
            enabled.Count == 0 ? "没有启用的规则" : null);
    }

    private static bool IsAboutSecurity(DiagnosticDescriptor descriptor) =>
        descriptor.Category.Contains("Security", StringComparison.Ordinal) || descriptor.Category.Contains("Vulnerability", StringComparison.Ordinal);

    private static bool IsAnalyzer(Type type) =>
        !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type) && type.GetConstructor(Type.EmptyTypes) is not null
        && type.GetCustomAttribute<DiagnosticAnalyzerAttribute>()?.Languages.Contains(Microsoft.CodeAnalysis.LanguageNames.CSharp, StringComparer.Ordinal) == true;

    private static DiagnosticAnalyzer? Create(Type type)
    {
        try
        {
            return (DiagnosticAnalyzer)Activator.CreateInstance(type)!;
        }
        catch (Exception broken) when (broken is TargetInvocationException or TypeLoadException or MissingMethodException)
        {
            return null;
        }
    }

    /// <summary>Types, and how many are missing that may be analyzers of C#.</summary>
    private static (IReadOnlyList<Type> Types, int Missing) Types(Assembly assembly)
    {
        try
        {
            return (assembly.GetTypes(), 0);
        }
        catch (ReflectionTypeLoadException partly)
        {
            return ([.. partly.Types.OfType<Type>()], partly.LoaderExceptions.Count(e => e is not FileNotFoundException { FileName: { } file } || !Unneeded.Contains(file.Split(',')[0], StringComparer.Ordinal)));
        }
    }

    /// <summary>Of the package where the library says it, else of the file.</summary>
    private static string VersionOf(string file)
    {
        var said = System.Diagnostics.FileVersionInfo.GetVersionInfo(file);
        var product = said.ProductVersion?.Split('+', '-', ' ')[0] ?? "";
        return product.Split('.').Length == 3 && System.Version.TryParse(product, out _) ? product : said.FileVersion ?? "?";
    }

    private sealed class EngineContext(string folder) : AssemblyLoadContext($"engine {Path.GetFileName(folder)}")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var path = Path.Combine(folder, assemblyName.Name + ".dll");
            return assemblyName.Name is "Microsoft.CodeAnalysis" or "Microsoft.CodeAnalysis.CSharp" || !File.Exists(path) ? null : LoadFromAssemblyPath(path);
        }
    }
}
