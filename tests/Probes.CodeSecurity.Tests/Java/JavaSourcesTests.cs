using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>What is read of a tree on disk beside its code.</summary>
public sealed class JavaSourcesTests
{
    private const int Longest = 64 * 1024;

    private static JavaSources Read(string file, string text)
    {
        using var folder = new TemporaryFolder();
        foreach (var (path, content) in new[] { ("src/T.java", "class T { }"), (file, text) })
        {
            var full = Path.Combine(folder.Path, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, content);
        }

        return JavaSources.Read(folder.Path, CancellationToken.None);
    }

    /// <summary>A container makes what is named there, so that nobody may say of such a class that there is no object of it.</summary>
    [Theory]
    [InlineData("src/main/resources/META-INF/services/a.Strategy")]
    [InlineData("src/main/resources/META-INF/dubbo/a.Strategy")]
    [InlineData("src/main/resources/META-INF/spring.factories")]
    [InlineData("src/main/resources/META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports")]
    public void Files_that_name_classes_are_read(string file) => Assert.Contains("a.Quick", Read(file, "a.Quick\n").Texts!.Single(t => t.Key == file).Value, StringComparison.Ordinal);

    /// <summary>One that is no short list of names is not kept in memory, and then nobody knows which classes are named.</summary>
    [Fact]
    public void One_that_is_too_long_leaves_it_open()
    {
        const string File = "META-INF/services/a.Strategy";
        Assert.NotNull(Read(File, new string('#', Longest)).Texts);
        Assert.Null(Read(File, new string('#', Longest + 1)).Texts);
    }
}
