using System.IO.Compression;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Packages of Composer and jars that lie in the tree, with the licences they name.</summary>
public sealed class BundledLicenceTests
{
    private const string Lock = """
        {"packages": [{"name": "symfony/yaml", "version": "v6.2.3", "license": ["MIT"]}, {"name": "acme/two", "version": "1.0.0", "license": ["LGPL-2.1-only", "GPL-3.0-or-later"]}, {"name": "acme/none", "version": "2.0.0"}],
         "packages-dev": [{"name": "phpunit/phpunit", "version": "9.5.0", "license": ["BSD-3-Clause"]}]}
        """;

    private static readonly LicenceBook Book = new(Tables.Licences);

    [Fact]
    public void Composer_names_packages_versions_and_licences()
    {
        using var folder = new TemporaryFolder();
        folder.Write("composer.json", """{"require": {"php": ">=8.1", "ext-json": "*", "symfony/yaml": "^6"}}""");
        folder.Write("composer.lock", Lock);
        folder.Write("vendor/composer/installed.json", """{"packages": [{"name": "acme/none", "version": "2.0.0", "license": ["AGPL-3.0-only"]}, {"name": "symfony/yaml", "version": "v1.0.0", "license": ["GPL-2.0"]}]}""");
        folder.Write("index.php", "<?php echo 1;\n");
        var survey = DependencySurvey.Of(folder.Path, CancellationToken.None);
        var (filled, _) = LicenceSearch.Fill(folder.Path, survey.Components, Book, CancellationToken.None);
        Assert.Equal(
            [("acme/none", "2.0.0", "AGPL-3.0-only", false), ("acme/two", "1.0.0", "LGPL-2.1-only OR GPL-3.0-or-later", false), ("phpunit/phpunit", "9.5.0", "BSD-3-Clause", false), ("symfony/yaml", "6.2.3", "MIT", true)],
            filled.Select(c => (c.Name, c.Version!, c.Licence!, c.IsDirect!.Value)));
        Assert.Equal("pkg:composer/symfony/yaml@6.2.3", PackageNames.Url(filled[3]));
        Assert.DoesNotContain(survey.Gaps, g => g.Reason.Contains("PHP", StringComparison.Ordinal));
        Assert.Equal(["acme/none@2.0.0（AGPL-3.0-only）"], LicenceSummary.Of(survey with { Components = filled }, Book).StrongCopyleft);
    }

    [Fact]
    public void A_jar_is_named_by_its_pom_and_its_manifest_and_stays_a_gap_for_what_else_is_in_it()
    {
        using var folder = new TemporaryFolder();
        Jar(folder.File("lib/one.jar"), ("META-INF/maven/org.x/y/pom.properties", "groupId=org.x\nartifactId=y\nversion=1.0\n"), ("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nBundle-License: Apache\r\n -2.0;link=\"https://x\"\r\n\r\n"));
        Jar(folder.File("lib/shaded.jar"), ("META-INF/maven/org.x/z/pom.properties", "groupId=org.x\nartifactId=z\nversion=2.0\n"), ("META-INF/maven/org.x/z/pom.xml", "<project><licenses><license><name>MIT</name></license></licenses></project>"), ("other/Classes.class", "x"));
        Jar(folder.File("old/unnamed.jar"), ("other/Classes.class", "x"));
        var survey = DependencySurvey.Of(folder.Path, CancellationToken.None);
        Assert.Equal([("org.x:y", "1.0", "Apache-2.0", "lib/one.jar"), ("org.x:z", "2.0", "MIT", "lib/shaded.jar")], survey.Components.Select(c => (c.Name, c.Version!, c.Licence!, c.File)));
        Assert.Contains("2 个自称是某个组件（org.x:y、org.x:z）", survey.Gaps.Single(g => g.File == "lib").Reason, StringComparison.Ordinal);
        Assert.EndsWith("没有识别", survey.Gaps.Single(g => g.File == "old").Reason, StringComparison.Ordinal);
        Assert.False(LicenceSummary.Of(survey with { Gaps = [] }, Book).AreCleared.IsKnown);
    }

    [Fact]
    public async Task A_tree_of_nothing_but_a_jar_that_names_itself_is_looked_at()
    {
        using var folder = new TemporaryFolder();
        Jar(folder.File("gradle-wrapper.jar"), ("META-INF/maven/org.apache.logging.log4j/log4j-core/pom.properties", "groupId=org.apache.logging.log4j\nartifactId=log4j-core\nversion=2.14.1\n"));
        var target = new SourceTree { Id = "s", Path = folder.Path };
        var outcome = await new CodeDependenciesProbe().ObserveAsync(target, ProbeContexts.For(new KeptEvidence(), target), CancellationToken.None);
        Assert.Equal(1, Assert.Single(Assert.IsType<Observed>(outcome).Observations).Data.GetProperty("componentCount").GetInt32());
    }

    [Fact]
    public void Hostile_jars_and_locks_end_and_name_nothing()
    {
        using var folder = new TemporaryFolder();
        Jar(folder.File("a.jar"), ("META-INF/maven/org.x/y/pom.properties", "groupId=org.x\nartifactId=y\nversion=1.0\n"), ("META-INF/MANIFEST.MF", new string('a', 5_000_000)));
        var tree = FileTree.Open(folder.Path);
        Assert.Empty(JarReading.Of(tree, "a.jar", CancellationToken.None).Packages);
        Jar(folder.File("a.jar"), ("META-INF/maven/org.x/y/pom.properties", "groupId=org.x\nartifactId=y\nversion=1.0\n"), ("META-INF/MANIFEST.MF", "Bundle-License: MIT\n"));
        var (whole, dice) = (File.ReadAllBytes(folder.File("a.jar")), new SeededBytes(29));
        for (var i = 0; i < 500; i++)
        {
            File.WriteAllBytes(folder.File("a.jar"), dice.Mutate(whole));
            _ = JarReading.Of(tree, "a.jar", CancellationToken.None);
        }

        Assert.Null(VersionOrder.Compare("Packagist", "1.0.0-RC1", "1.0.0-beta2"));
        Assert.Equal(-1, Math.Sign(VersionOrder.Compare("Packagist", "v1.2.3", "1.10.0")!.Value));
    }

    [Theory]
    [InlineData("""{"packages": [{"name": "a/b", "version": "1.0.0", "license": ["\ud800"]}]}""", """{"require": {"a/b": "\ud800", "c/\ud800": "1.0.0"}}""")]
    [InlineData("""{"packages": [{"name": "a/b", "version": "1.0.0", "\ud800cense": "", "license": ["MIT"]}], "\ud800ckages-dev": [], "\ud800ckages": []}""", """{"require": {"\ud800b": "1.0.0", "a/b": "1.0.0"}, "\ud800quire": {}}""")]
    public void Half_a_surrogate_pair_is_no_text_and_no_fault(string locked, string asked)
    {
        using var folder = new TemporaryFolder();
        folder.Write("one/composer.json", asked);
        folder.Write("two/composer.lock", locked);
        folder.Write("two/composer.json", asked);
        folder.Write("two/vendor/composer/installed.json", locked);
        folder.Write("three/package.json", """{"\ud800me": "", "\ud800cense": "", "\ud800censes": [], "dependencies": {"x": "1.0.0"}}""");
        folder.Write("three/package-lock.json", """{"\ud800ckages": {}, "dependencies": {"x": {"version": "1.0.0"}}}""");
        folder.Write("three/node_modules/x/package.json", """{"name": "x", "version": "1.0.0", "\ud800cense": "", "\ud800censes": []}""");
        var survey = DependencySurvey.Of(folder.Path, CancellationToken.None);
        var (filled, _) = LicenceSearch.Fill(folder.Path, survey.Components, Book, CancellationToken.None);
        Assert.Contains(filled, c => c.Name == "a/b" && c.File == "two/composer.lock");
        Assert.Contains(survey.Gaps, g => g.File == "one/composer.json");
    }

    [Fact]
    public void A_lock_that_lacks_what_is_asked_for_or_names_nothing_is_not_whole()
    {
        const string Asked = """{"require": {"php": ">=8.1", "symfony/yaml": "^6", "psr/log-implementation": "1.0", "old/name": "*"}}""";
        Assert.Contains("symfony/yaml", Assert.Single(Locked(Asked, """{"packages": [{"name": "m/n", "version": "1.0.0", "provide": {"psr/log-implementation": "1.0"}, "replace": {"old/name": "self.version"}}]}""").Gaps).Reason, StringComparison.Ordinal);
        Assert.NotEmpty(Locked(Asked, """{"packages": []}""").Gaps);
        Assert.NotEmpty(Locked(null, """{"packages": []}""").Gaps);
        Assert.NotEmpty(Locked("""{"require": ["a/b"]}""", """{"packages": []}""").Gaps);
        Assert.NotEmpty(Locked("""{"require": ["a/b"]}""", null).Gaps);
        Assert.NotEmpty(Locked("""{"require-dev": {"p/u": "1"}}""", """{"packages": [{"name": "m/n", "version": "1"}], "packages-dev": {"name": "p/u"}}""").Gaps);
        Assert.Empty(Locked("""{"require": {"php": ">=8.1", "Symfony/Yaml": "^6"}}""", Lock).Gaps);
        Assert.DoesNotContain(Locked("""{"require": {"php": ">=8.1"}}""", """{"packages": [], "packages-dev": []}""").Gaps, g => g.File != ".");
        Assert.DoesNotContain(Locked("""{"require": {"php": ">=8.1"}}""", null).Gaps, g => g.File != ".");
    }

    [Fact]
    public void One_version_in_a_composer_json_is_a_version_and_a_range_is_none()
    {
        var survey = Locked("""{"require": {"a/one": "1.2.3", "a/tag": "v1.2.3", "a/many": "^1.2", "a/two": "1.2", "a/or": "1.2.3 || 2.0.0", "a/star": "1.2.*"}}""", null);
        Assert.Equal([("a/many", null), ("a/one", "1.2.3"), ("a/or", null), ("a/star", null), ("a/tag", "1.2.3"), ("a/two", null)], survey.Components.Select(c => (c.Name, c.Version)).Order());
        Assert.All(survey.Components, c => Assert.Equal(c.Version is null, c.Range is not null));
        Assert.NotEmpty(survey.WithoutTransitive);
    }

    [Fact]
    public void More_packages_in_jars_than_are_ever_taken_are_a_gap_and_do_not_push_out_the_manifests()
    {
        var many = Enumerable.Range(0, ManifestFindings.MostComponents + 1).Select(i => new CodeComponent { Ecosystem = "Maven", Name = $"g:a{i}", Version = "1", File = "a.jar", Line = 1 }).ToList();
        var survey = DependencySurvey.Of([new ManifestFile("package.json", """{"dependencies": {"x": "1.0.0"}}""")], [], CancellationToken.None, many);
        Assert.Contains(survey.Gaps, g => g.File == "a.jar");
        Assert.Contains(survey.Components, c => c.Name == "x");
    }

    [Fact]
    public void Long_words_of_jars_are_not_kept_and_what_was_not_looked_at_is_told()
    {
        using var folder = new TemporaryFolder();
        var (tree, blown) = (FileTree.Open(folder.Path), new string('v', 200_000));
        Jar(folder.File("a.jar"), ("META-INF/maven/org.x/y/pom.properties", $"groupId=org.x\nartifactId=y\nversion={blown}\n"), ("META-INF/maven/org.x/z/pom.properties", "groupId=org.x\nartifactId=z\nversion=1\n"), ("META-INF/maven/org.x/z/pom.xml", $"<project><licenses><license><name>{blown}</name></license></licenses></project>"));
        var read = JarReading.Of(tree, "a.jar", CancellationToken.None);
        Assert.Equal([("org.x:z", "1", null)], read.Packages);
        Assert.True(read.IsUnread);
        Jar(folder.File("a.jar"), ("a.class", "x"));
        Assert.False(JarReading.Of(tree, "a.jar", CancellationToken.None).IsUnread);
        Assert.ThrowsAny<OperationCanceledException>(() => JarReading.Of(tree, "a.jar", new CancellationToken(canceled: true)));
        folder.Write("a.jar", "no archive");
        var (_, unread) = LicenceSearch.Fill(folder.Path, [new CodeComponent { Ecosystem = "Maven", Name = "a:b", Version = "1", File = "pom.xml", Line = 1 }], Book, CancellationToken.None);
        Assert.Equal(1, unread);
    }

    private static DependencySurvey Locked(string? asked, string? locked) => DependencySurvey.Of(
        [.. new[] { ("composer.json", asked), ("composer.lock", locked) }.Where(f => f.Item2 is not null).Select(f => new ManifestFile(f.Item1, f.Item2!))], [], CancellationToken.None);

    private static void Jar(string path, params IReadOnlyList<(string Name, string Text)> entries)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(path);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, text) in entries)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write(text);
        }
    }
}
