namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Compares versions the way their ecosystem does.</summary>
internal static class VersionOrder
{
    /// <summary>Negative, zero or positive; null where one of them is no version there.</summary>
    public static int? Compare(string ecosystem, string one, string two) => ecosystem switch
    {
        "Maven" => MavenVersion.TryParse(one, out var a) && MavenVersion.TryParse(two, out var b) ? a!.Against(b!) : null,
        "PyPI" => PythonVersion.TryParse(one, out var a) && PythonVersion.TryParse(two, out var b) ? a!.Against(b!) : null,
        "npm" or "NuGet" or "Go" => SemanticVersion.TryParse(one, out var a) && SemanticVersion.TryParse(two, out var b) ? a.Against(b) : null,
        "Packagist" => IsPlain(one) && IsPlain(two) && SemanticVersion.TryParse(ComposerManifests.Version(one), out var a) && SemanticVersion.TryParse(ComposerManifests.Version(two), out var b) ? a.Against(b) : null,
        _ => null,
    };

    /// <summary>Composer orders words before a release otherwise than others do.</summary>
    private static bool IsPlain(string version) => ComposerManifests.Version(version).All(c => char.IsAsciiDigit(c) || c == '.');
}
