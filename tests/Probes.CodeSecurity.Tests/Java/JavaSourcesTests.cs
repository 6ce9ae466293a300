using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>What is read of a tree on disk beside its code.</summary>
public sealed class JavaSourcesTests
{
    private const int Longest = 64 * 1024;

    private static JavaSources Read(string file, string text) => Read(("src/T.java", "class T { }"), (file, text));

    private static JavaSources Read(params (string Path, string Text)[] files)
    {
        using var folder = new TemporaryFolder();
        foreach (var (path, content) in files)
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

    private const string Module = "<project><artifactId>a</artifactId></project>";

    private static IEnumerable<string> Kept(params (string Path, string Text)[] builds) =>
        Read([.. builds, ("a/src/main/java/T.java", "class T { }"), ("a/src/test/java/U.java", "class U { }")]).Java.Keys;

    /// <summary>A build does not deliver them; that it was so is counted.</summary>
    [Theory]
    [InlineData("a/pom.xml", Module)]
    [InlineData("a/build.gradle", "plugins { id 'java' }")]
    [InlineData("a/build.gradle.kts", "plugins { java }")]
    [InlineData("a/pom.xml", "<project><build><testResources><testResource><directory>src/test/resources</directory></testResource></testResources></build></project>")]
    public void Unit_tests_of_a_module_are_set_apart(string build, string text)
    {
        var read = Read((build, text), ("a/src/main/java/T.java", "class T { }"), ("a/src/test/java/b/U.java", "class U { }"), ("a/src/main/java/src/test/V.java", "class V { }"));

        Assert.Equal(["a/src/main/java/T.java", "a/src/main/java/src/test/V.java"], read.Java.Keys);
        Assert.Equal(1, read.OfUnitTests);
    }

    /// <summary>Code is the program's where a build could deliver it: no module, other source folders, tests packed for others, a parent or a script that may say so for all.</summary>
    [Theory]
    [InlineData("pom.xml", Module)]
    [InlineData("a/b/pom.xml", Module)]
    [InlineData("a/build.xml", "<project/>")]
    public void Without_a_module_there_are_no_unit_tests(string build, string text) => Assert.Contains("a/src/test/java/U.java", Kept((build, text)));

    [Theory]
    [InlineData("a/pom.xml", "<project><build><sourceDirectory>src/test/java</sourceDirectory></build></project>")]
    [InlineData("a/pom.xml", "<project><goal>add-source</goal></project>")]
    [InlineData("a/pom.xml", "<project><goal>test-jar</goal></project>")]
    [InlineData("pom.xml", "<project><packaging>pom</packaging><build><sourceDirectory>${folder}</sourceDirectory></build></project>")]
    [InlineData("parent/pom.xml", "<project><packaging> pom </packaging><build><sourceDirectory>${folder}</sourceDirectory></build></project>")]
    [InlineData("pom.xml", "<project><build><sourceDirectory>${folder}</sourceDirectory></build></project>")]
    [InlineData("a/build.gradle", "sourceSets { main { java { srcDirs = ['src'] } } }")]
    [InlineData("gradle/java.gradle", "sourceSets.main.java.srcDir 'src/test/java'")]
    [InlineData("build.gradle.kts", "subprojects { java.sourceSets[\"main\"].java.srcDir(\"src/test/java\") }")]
    [InlineData("a/build.xml", "<project><javac srcdir='src/test/java'/></project>")]
    [InlineData("buildSrc/src/main/groovy/Folders.groovy", "class Folders { }")]
    public void A_build_with_source_folders_of_its_own_has_no_unit_tests(string build, string text)
    {
        Assert.DoesNotContain("a/src/test/java/U.java", Kept(("a/pom.xml", Module)));
        Assert.Contains("a/src/test/java/U.java", Kept(build == "a/pom.xml" ? [(build, text)] : [("a/pom.xml", Module), (build, text)]));
    }

    /// <summary>What a module beside says of itself is its own affair.</summary>
    [Fact]
    public void Another_module_says_nothing_of_this_one() =>
        Assert.DoesNotContain("a/src/test/java/U.java", Kept(("a/pom.xml", Module), ("b/pom.xml", "<project><build><sourceDirectory>src</sourceDirectory></build></project>")));

    /// <summary>One that could not be read may say anything.</summary>
    [Fact]
    public void A_build_that_is_too_long_leaves_no_unit_tests() =>
        Assert.Contains("a/src/test/java/U.java", Kept(("a/pom.xml", Module), ("build.gradle", new string('/', 1024 * 1024 + 1))));
}
