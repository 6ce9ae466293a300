namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Code that only runs where a property is set that no file of the tree sets.</summary>
/// <param name="sources">Texts of the tree.</param>
/// <param name="units">Its Java.</param>
internal sealed class SwitchedCode(JavaSources sources, IReadOnlyList<(string Path, JavaUnit Unit)> units)
{
    private readonly Dictionary<string, JavaUnit> _units = units.Where(u => JavaSources.IsJava(u.Path)).ToDictionary(u => u.Path, u => u.Unit, StringComparer.Ordinal);

    /// <param name="place">In a class or method that a container only makes where a property says so.</param>
    public bool Has(CodePlace place)
    {
        for (JavaNode? around = _units.GetValueOrDefault(place.File); around is not null;)
        {
            var parts = new List<JavaNode>();
            JavaWalk.Parts(around, parts);
            around = parts.Find(p => p.Span.Has(place.At));
            if (around is JavaMember member && member.Annotations.Any(IsOff))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsOff(JavaAnnotation annotation)
    {
        if (DottedName.Last(annotation.Name) is not "ConditionalOnProperty" || Element(annotation, "matchIfMissing") is JavaLiteral { Kind: JavaTokenKind.True } or JavaName or JavaSelect)
        {
            return false;
        }

        var names = new[] { "name", "value" }.Select(k => Element(annotation, k)).OfType<JavaExpression>().SelectMany(JavaWalk.All).OfType<JavaExpression>().ToList();
        if (names.Exists(n => n is JavaName or JavaSelect) || Element(annotation, "havingValue") is not (null or JavaLiteral))
        {
            return false;
        }

        var wanted = Element(annotation, "havingValue") is JavaLiteral literal ? ConstantFolding.Literal(literal) as string : null;
        return names.OfType<JavaLiteral>().Select(ConstantFolding.Literal).OfType<string>().Any(n => !IsOn(n[(n.LastIndexOf('.') + 1)..], wanted));
    }

    private static JavaExpression? Element(JavaAnnotation annotation, string key) => annotation.Elements.FirstOrDefault(e => e.Key == key)?.Value;

    /// <summary>Some file of settings sets a key with such an end to what is asked for, or to what is said elsewhere.</summary>
    private bool IsOn(string last, string? wanted) => sources.Settings.Where(s => !TestCode.IsTest(s.Key)).SelectMany(s => s.Value.Split('\n')).Concat(sources.Properties.Select(p => $"{p.Key}={p.Value}")).Any(l =>
        l.TrimStart() is not ['#' or '!', ..] && l.IndexOfAny([':', '=']) is > 0 and var cut && Plain(l[..cut][(l[..cut].LastIndexOf('.') + 1)..]) == Plain(last)
        && l[(cut + 1)..].Trim().Trim('"', '\'') is var value && (value.Contains("${", StringComparison.Ordinal) || (string.IsNullOrEmpty(wanted) ? !value.Equals("false", StringComparison.OrdinalIgnoreCase) : value.Split('#')[0].Trim().Trim('"', '\'').Equals(wanted, StringComparison.OrdinalIgnoreCase))));

    /// <summary>Spring takes keys for the same that differ in hyphens and case.</summary>
    private static string Plain(string key) => key.Trim().Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
}
