using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What the profiles are called in which developers run a program, and the settings that say which one it is.</summary>
internal static partial class DeveloperProfiles
{
    private static readonly HashSet<string> Developing = new(StringComparer.OrdinalIgnoreCase) { "dev", "develop", "development", "developer", "local", "localhost", "test", "testing", "unittest", "debug" };

    private static readonly HashSet<string> Running = new(StringComparer.OrdinalIgnoreCase) { "prod", "prd", "product", "production", "online", "release" };

    [GeneratedRegex(@"spring\.profiles\.active|(?:^|[.{_-])(?:env|environment|profiles?)(?:[:}]|$)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Key();

    /// <summary>A setting of this key, or a text with it in a placeholder, says which profile it is.</summary>
    public static bool IsKey(string text) => Key().IsMatch(text);

    /// <summary>All of the names are those of developers, or one of them is that of what people work with and it is not that one.</summary>
    public static bool IsMeant(IReadOnlyList<string> names, bool isOne) => names.Count > 0 && (isOne ? names.All(Developing.Contains) : names.Any(Running.Contains));

    /// <summary>A container makes what carries it for developers alone.</summary>
    public static bool IsMeant(JavaAnnotation annotation)
    {
        if (annotation.Name is not ("Profile" or "org.springframework.context.annotation.Profile"))
        {
            return false;
        }

        var names = annotation.Elements.Where(e => e.Key == "value").SelectMany(e => JavaWalk.All(e.Value)).OfType<JavaLiteral>().Select(l => l.Value).ToList();
        return IsMeant(names, isOne: true) || (names.Count == 1 && names[0].StartsWith('!') && IsMeant([names[0][1..]], isOne: false));
    }

    /// <summary>Somewhere in the tree it is asked which profile it is.</summary>
    public static bool AreAsked(JavaProgram program) => program.Files.SelectMany(f => JavaWalk.All(f.Unit)).Any(n => n switch
    {
        JavaCall { Name: "acceptsProfiles" or "matchesProfiles" or "getActiveProfiles" } => true,
        JavaCall { Name: "getProperty" or "getenv" or "getRequiredProperty", Arguments: [JavaLiteral { Kind: JavaTokenKind.StringLiteral, Value: var key }, ..] } => IsKey(key),
        JavaField field => IsSetting(field),
        _ => false,
    });

    /// <summary>A container puts there what says which profile it is.</summary>
    public static bool IsSetting(JavaField field) => field.Annotations.Any(a => (a.Name == "Value" || a.Name.EndsWith(".Value", StringComparison.Ordinal))
        && a.Elements.Any(e => e.Value is JavaLiteral { Kind: JavaTokenKind.StringLiteral, Value: var text } && IsKey(text)));
}
