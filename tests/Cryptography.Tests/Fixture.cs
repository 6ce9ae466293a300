using System.Reflection;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>Files under tests/Cryptography.Tests/Fixtures.</summary>
internal static class Fixture
{
    private static readonly string Root = typeof(Fixture).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static a => a.Key == "RepositoryRoot").Value!;

    public static string Path(string name) => System.IO.Path.Combine(Root, "tests", "Cryptography.Tests", "Fixtures", name);
}
