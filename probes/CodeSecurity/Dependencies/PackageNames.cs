using System.Text;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>How packages are told apart and addressed.</summary>
internal static class PackageNames
{
    /// <summary>PEP 503: lower case, runs of joints as one hyphen.</summary>
    public static string Python(string name)
    {
        var plain = new StringBuilder();
        foreach (var c in name.ToLowerInvariant())
        {
            if (c is not '-' and not '_' and not '.')
            {
                plain.Append(c);
            }
            else if (plain.Length > 0 && plain[^1] != '-')
            {
                plain.Append('-');
            }
        }

        return plain.ToString();
    }

    /// <summary>The same for two spellings of one package.</summary>
    public static string Key(string ecosystem, string name) => ecosystem switch
    {
        "PyPI" => $"PyPI {Python(name)}",
        "NuGet" => $"NuGet {name.ToLowerInvariant()}",
        "Packagist" => $"Packagist {name.ToLowerInvariant()}",
        _ => $"{ecosystem} {name}",
    };

    /// <summary>Package URL (purl specification, ECMA-427).</summary>
    public static string Url(CodeComponent component)
    {
        var (type, space, name) = component.Ecosystem switch
        {
            "Maven" => ("maven", Before(component.Name, ':'), After(component.Name, ':')),
            "npm" => ("npm", Before(component.Name, '/'), After(component.Name, '/')),
            "Go" => ("golang", BeforeLast(component.Name), AfterLast(component.Name)),
            "Packagist" => ("composer", BeforeLast(component.Name), AfterLast(component.Name)),
            "PyPI" => ("pypi", "", Python(component.Name)),
            _ => ("nuget", "", component.Name),
        };
        var path = string.Concat(space.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(p => $"{Escape(p)}/"));
        var version = component.Version is { } one ? "@" + Escape(component.Ecosystem == "Go" ? "v" + one : one) : "";
        return $"pkg:{type}/{path}{Escape(name)}{version}";
    }

    private static string Before(string name, char sign) => name.IndexOf(sign, StringComparison.Ordinal) is var at and > 0 ? name[..at] : "";

    private static string After(string name, char sign) => name[(name.IndexOf(sign, StringComparison.Ordinal) + 1)..];

    private static string BeforeLast(string name) => name.LastIndexOf('/') is var at and > 0 ? name[..at] : "";

    private static string AfterLast(string name) => name[(name.LastIndexOf('/') + 1)..];

    private static string Escape(string part) => Uri.EscapeDataString(part.Length > 300 ? part[..300] : part).Replace("%3A", ":", StringComparison.Ordinal);
}
