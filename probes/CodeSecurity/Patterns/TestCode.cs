using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Code that tests other code, by where it lies: keys and vectors written into it are usual.</summary>
internal static partial class TestCode
{
    public static bool IsTest(string path) => path.Length < 2000 && Places().IsMatch(path) && !IsProduct(path);

    /// <summary>Of a build by convention; a package there may be called test.</summary>
    private static bool IsProduct(string path) => path.StartsWith("src/main/", StringComparison.Ordinal) || path.Contains("/src/main/", StringComparison.Ordinal);

    /// <summary>What a tool that builds brings along; it is no part of the program.</summary>
    public static bool IsBuilding(string path) => path.StartsWith(".mvn/", StringComparison.Ordinal) || path.Contains("/.mvn/", StringComparison.Ordinal);

    [GeneratedRegex(@"(^|/)(tests?|__tests__|testing|testdata|specs?|fixtures?)/|(Test|Tests|IT)\.(java|kt|cs|php)$|_test\.(go|py|c|cc|cpp)$|\.(test|spec)\.[jt]sx?$|(^|/)test_[^/]*\.py$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Places();
}
