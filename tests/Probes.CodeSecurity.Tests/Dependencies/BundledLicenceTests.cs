using System.IO.Compression;
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
    public void A_jar_is_what_its_pom_and_its_manifest_say_and_one_that_holds_others_stays_a_gap()
    {
        using var folder = new TemporaryFolder();
        Jar(folder.File("lib/one.jar"), ("META-INF/maven/org.x/y/pom.properties", "groupId=org.x\nartifactId=y\nversion=1.0\n"), ("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nBundle-License: Apache\r\n -2.0;link=\"https://x\"\r\n\r\n"));
        Jar(folder.File("fat/all.jar"), ("META-INF/maven/org.x/z/pom.properties", "groupId=org.x\nartifactId=z\nversion=2.0\n"), ("META-INF/maven/org.x/z/pom.xml", "<project><licenses><license><name>MIT</name></license></licenses></project>"), ("BOOT-INF/lib/inner.jar", "x"));
        var survey = DependencySurvey.Of(folder.Path, CancellationToken.None);
        Assert.Equal([("org.x:y", "1.0", "Apache-2.0", "lib/one.jar"), ("org.x:z", "2.0", "MIT", "fat/all.jar")], survey.Components.Select(c => (c.Name, c.Version!, c.Licence!, c.File)));
        Assert.Contains(survey.Gaps, g => g.File == "fat");
        Assert.DoesNotContain(survey.Gaps, g => g.File == "lib");
        Assert.False(LicenceSummary.Of(survey with { Gaps = [] }, Book).AreCleared.IsKnown);
    }

    [Fact]
    public void Hostile_jars_and_locks_end_and_name_nothing()
    {
        using var folder = new TemporaryFolder();
        Jar(folder.File("a.jar"), ("META-INF/maven/org.x/y/pom.properties", "groupId=org.x\nartifactId=y\nversion=1.0\n"), ("META-INF/MANIFEST.MF", new string('a', 5_000_000)));
        var tree = FileTree.Open(folder.Path);
        Assert.Empty(JarReading.Of(tree, "a.jar").Packages);
        Jar(folder.File("a.jar"), ("META-INF/maven/org.x/y/pom.properties", "groupId=org.x\nartifactId=y\nversion=1.0\n"), ("META-INF/MANIFEST.MF", "Bundle-License: MIT\n"));
        var (whole, dice) = (File.ReadAllBytes(folder.File("a.jar")), new SeededBytes(29));
        for (var i = 0; i < 500; i++)
        {
            File.WriteAllBytes(folder.File("a.jar"), dice.Mutate(whole));
            _ = JarReading.Of(tree, "a.jar");
        }

        Assert.Null(VersionOrder.Compare("Packagist", "1.0.0-RC1", "1.0.0-beta2"));
        Assert.Equal(-1, Math.Sign(VersionOrder.Compare("Packagist", "v1.2.3", "1.10.0")!.Value));
    }

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
