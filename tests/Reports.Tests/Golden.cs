using System.Reflection;
using System.Text;

namespace SmartCity.SecurityCheck.Reports.Tests;

/// <summary>Files under Expectations that say what a writer writes.</summary>
internal static class Golden
{
    private const string Accept = "ACCEPT_GOLDEN";

    public static string RepositoryRoot { get; } = typeof(Golden).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(a => a.Key == "RepositoryRoot").Value!;

    public static void Matches(string name, string actual)
    {
        var expected = Path.Combine(RepositoryRoot, "tests", "Reports.Tests", "Expectations", name);
        var received = expected + ".received";
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(expected)!);
            File.WriteAllText(expected, actual, new UTF8Encoding(false));
            File.Delete(received);
            return;
        }

        if (File.Exists(expected) && File.ReadAllText(expected) == actual)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual, new UTF8Encoding(false));
        Assert.Fail($"{name} 与预期不同。新内容已写到 {received}；请逐行比较，确认无误后用 {Accept}=1 dotnet test tests/Reports.Tests 接受。");
    }
}
