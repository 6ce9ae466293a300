using System.IO.Compression;
using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Components against published flaws.</summary>
public sealed class FlawTests
{
    private const string Lock = """{"lockfileVersion": 3, "packages": {"": {"dependencies": {"lodash": "^4"}}, "node_modules/lodash": {"version": "4.17.15", "license": "MIT"}, "node_modules/inner": {"version": "2.0.0"}}}""";

    private const string Lodash = """
        {"id": "GHSA-p6mc-m468-83gw", "modified": "2026-01-02T00:00:00Z", "aliases": ["CVE-2020-8203"], "summary": "Prototype pollution", "database_specific": {"severity": "HIGH"},
         "affected": [{"package": {"ecosystem": "npm", "name": "lodash"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "3.7.0"}, {"fixed": "4.17.19"}]}]}]}
        """;

    [Fact]
    public async Task Without_a_database_nothing_is_said_of_flaws()
    {
        using var folder = new TemporaryFolder();
        var (data, _) = await LookAsync(folder, null, ("package-lock.json", Lock));
        Assert.False(data.TryGetProperty("hasKnownFlaws", out _));
        Assert.False(data.TryGetProperty("knownFlaws", out _));
        Assert.Equal(JsonValueKind.Null, data.GetProperty("database").ValueKind);
        Assert.Contains("未检测", data.GetProperty("doubts")[0].GetString(), StringComparison.Ordinal);
        Assert.False(data.GetProperty("hasFamousFlaws").GetBoolean());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_dump_as_zip_or_folder_names_the_flaw_its_fix_and_itself(bool zipped)
    {
        using var folder = new TemporaryFolder();
        using var dump = new TemporaryFolder();
        var (data, evidence) = await LookAsync(folder, Dump(dump, zipped, ("a.json", Lodash), ("README.md", "no record")), ("package-lock.json", Lock));
        var flaw = Assert.Single(data.GetProperty("knownFlaws").EnumerateArray());
        Assert.Equal(("lodash", "4.17.15", "4.17.19", "major"), (flaw.GetProperty("component").GetString(), flaw.GetProperty("version").GetString(), flaw.GetProperty("fixed").GetString(), flaw.GetProperty("severity").GetString()));
        Assert.True(data.GetProperty("hasKnownFlaws").GetBoolean());
        Assert.Equal((1, "2026-01-02T00:00:00Z", 64), (data.GetProperty("database").GetProperty("records").GetInt32(), data.GetProperty("database").GetProperty("newest").GetString(), data.GetProperty("database").GetProperty("sm3").GetString()!.Length));
        var bom = JsonDocument.Parse(Assert.Single(evidence.Files).Value).RootElement;
        Assert.Equal(["pkg:npm/inner@2.0.0", "pkg:npm/lodash@4.17.15"], bom.GetProperty("components").EnumerateArray().Select(c => c.GetProperty("purl").GetString()));
        Assert.Equal("pkg:npm/lodash@4.17.15", bom.GetProperty("vulnerabilities")[0].GetProperty("affects")[0].GetProperty("ref").GetString());
    }

    [Fact]
    public async Task None_found_is_only_said_where_everything_was_compared()
    {
        using var folder = new TemporaryFolder();
        using var dump = new TemporaryFolder();
        var fixedOne = Lodash.Replace("4.17.19", "4.17.10", StringComparison.Ordinal);
        var (whole, _) = await LookAsync(folder, Dump(dump, true, ("a.json", fixedOne)), ("package-lock.json", Lock));
        Assert.False(whole.GetProperty("hasKnownFlaws").GetBoolean());
        foreach (var (name, text) in new[] { ("pom.xml", "<project><artifactId>a</artifactId></project>"), ("x/package-lock.json", "{"), ("go.mod", "module a\ngo 1.21\nrequire b v1.0.0\n"), ("lib/old.jar", "PK") })
        {
            using var other = new TemporaryFolder();
            var (data, _) = await LookAsync(other, Dump(dump, true, ("a.json", fixedOne)), ("package-lock.json", Lock), (name, text));
            Assert.False(data.TryGetProperty("hasKnownFlaws", out _), name);
            Assert.NotEmpty(data.GetProperty("doubts").EnumerateArray());
        }
    }

    [Theory]
    [InlineData("app.py", "import flask\n")]
    [InlineData("main.rs", "fn main() {}\n")]
    [InlineData("Cargo.toml", "[dependencies]\n")]
    [InlineData("bower_components/jquery/jquery.js", "x\n")]
    public async Task Programs_without_a_manifest_that_is_read_are_no_tree_without_dependencies(string path, string text)
    {
        using var folder = new TemporaryFolder();
        var (data, _) = await LookAsync(folder, null, (path, text));
        Assert.False(data.GetProperty("isWhole").GetBoolean());
        Assert.False(data.TryGetProperty("components", out _));
        Assert.False(data.TryGetProperty("hasFamousFlaws", out _));
    }

    [Theory]
    [InlineData("server/Main.java", true)]
    [InlineData("tool/a.py", true)]
    [InlineData("lib/a.c", true)]
    [InlineData("static/jquery.min.js", true)]
    [InlineData("static/app.js", false)]
    [InlineData("src/app.ts", false)]
    [InlineData("docs/index.html", false)]
    public async Task A_manifest_of_one_part_does_not_speak_for_programs_of_another(string path, bool isGap)
    {
        using var folder = new TemporaryFolder();
        var (data, _) = await LookAsync(folder, null, ("package-lock.json", Lock), ("package.json", """{"dependencies": {"lodash": "^4"}}"""), (path, "x\n"));
        Assert.Equal(isGap, data.GetProperty("gaps").EnumerateArray().Any());
    }

    [Theory]
    [InlineData("lib/own.zip", "PK", true)]
    [InlineData("lib/own.tar.gz", "x", true)]
    [InlineData("lib/own.tgz", "x", true)]
    [InlineData("node_modules/own.js", "1\n", true)]
    [InlineData("dist/package.json", """{"dependencies": {"moment": "2.10.0"}}""", true)]
    [InlineData("dist/sub/package-lock.json", "{", true)]
    [InlineData("dist/requirements.txt", "flask==2.0.1\n", true)]
    [InlineData("dist/Cargo.lock", "", true)]
    [InlineData(".next/package.json", """{"type": "commonjs"}""", false)]
    [InlineData("dist/package.json", """{"dependencies": {"lodash": "^4"}}""", false)]
    [InlineData("dist/app.js", "1\n//# sourceMappingURL=app.js.map\n", true)]
    [InlineData("dist/app.js", "1\n", true)]
    public async Task What_nobody_reads_leaves_the_list_open(string path, string text, bool isGap)
    {
        using var folder = new TemporaryFolder();
        var (data, _) = await LookAsync(folder, null, ("package-lock.json", Lock), ("package.json", """{"dependencies": {"lodash": "^4"}}"""), (path, text));
        Assert.Equal(isGap, data.GetProperty("gaps").EnumerateArray().Any());
        Assert.Equal(!isGap, data.GetProperty("isWhole").GetBoolean());
    }

    /// <summary>Projects that refer to no package have no list to be incomplete, if what they take in is the framework's or their own.</summary>
    [Theory]
    [InlineData("App.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />", "A.cs", "using System;\nusing Own.Inner;\nusing static System.Math;\nusing P = System.IO.Path;\nnamespace Own.Inner;\n", null)]
    [InlineData("App.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />", "A.cs", "using Newtonsoft.Json;\n", "Newtonsoft.Json")]
    [InlineData("App.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />", "A.cs", "using System.Data.SqlClient;\n", "System.Data.SqlClient")]
    [InlineData("App.csproj", "<Project><PropertyGroup><TargetFrameworkVersion>v4.8</TargetFrameworkVersion></PropertyGroup></Project>", "A.cs", "using System.Web.UI;\n", null)]
    [InlineData("package.json", "{\"name\": \"a\"}", "a.js", "import x from './b.js'\nconst fs = require('fs')\nimport 'node:path'\n", null)]
    [InlineData("package.json", "{\"name\": \"a\"}", "a.js", "const e = require(\"express\")\n", "express")]
    [InlineData("package.json", "{\"name\": \"a\"}", "a.ts", "import { x } from '@s/k/deep'\n", "@s/k")]
    [InlineData("pom.xml", "<project><modelVersion>4.0.0</modelVersion></project>", "A.java", "class A { }\n", "没有认出任何包")]
    [InlineData("App.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />", "A.cs", "/* x */ using Evil.Lib;\n", "Evil.Lib")]
    [InlineData("App.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />", "A.cs", "using System; using Evil.Lib;\n", "Evil.Lib")]
    [InlineData("App.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />", "A.cs", "using System;\nclass A { object B = new Evil.Lib.Thing(); }\n", "Evil.Lib.Thing")]
    [InlineData("App.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />", "A.cs", "class A { global::Evil.Lib.Thing? b; }\n", "Evil.Lib.Thing")]
    [InlineData("App.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />", "A.cs", "class A { Microsoft.Evil.Lib b; }\n", "Microsoft.Evil.Lib")]
    [InlineData("App.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />", "A.cs", "extern alias other;\nclass A { }\n", "算出来的")]
    [InlineData("App.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />", "A.cs", "// using Evil.Lib;\nnamespace Own.Inner; class A { string s = \"using Evil.Lib;\"; A Next { get; } string T(A a) { using var m = new System.IO.MemoryStream(); return a.Next.s.Trim() + Inner.A.U + System.Text.Encoding.UTF8.EncodingName + Next.s; } static string U => string.Empty; }\n", null)]
    [InlineData("package.json", "{\"name\": \"a\"}", "a.js", "/* x */ import y from 'evil'\n", "evil")]
    [InlineData("package.json", "{\"name\": \"a\"}", "a.js", "import y\n  from\n  'evil'\n", "evil")]
    [InlineData("package.json", "{\"name\": \"a\"}", "a.js", "// import y from 'evil'\nconst s = \"import y from 'evil'\"\n", null)]
    [InlineData("package.json", "{\"name\": \"a\"}", "a.js", "const e = require('ev' + 'il')\n", "算出来的")]
    [InlineData("package.json", "{\"name\": \"a\"}", "a.js", "const e = await import(name)\n", "算出来的")]
    public async Task A_list_without_packages_is_right_where_the_programs_take_in_none(string manifest, string said, string program, string code, string? gap)
    {
        using var folder = new TemporaryFolder();
        folder.Write(manifest, said);
        folder.Write(program, code);
        var tree = new SourceTree { Id = "src", Path = folder.Path };
        var outcome = await new CodeDependenciesProbe().ObserveAsync(tree, ProbeContexts.For(new KeptEvidence(), tree), CancellationToken.None);
        if (gap is null)
        {
            Assert.Contains(manifest, Assert.IsType<NotNeeded>(outcome).Why, StringComparison.Ordinal);
        }
        else
        {
            var data = Assert.IsType<Observed>(outcome).Observations[0].Data;
            Assert.Contains(gap, data.GetProperty("gaps").EnumerateArray().Last().GetProperty("reason").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Linked_folders_leave_the_list_open_and_a_tree_of_texts_needs_none()
    {
        using var folder = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();
        folder.Write("README.md", "texts\n");
        var tree = new SourceTree { Id = "src", Path = folder.Path };
        Assert.IsType<NotNeeded>(await new CodeDependenciesProbe().ObserveAsync(tree, ProbeContexts.For(new KeptEvidence(), tree), CancellationToken.None));
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "web"), elsewhere.Path);
        var (data, _) = await LookAsync(folder, null, ("package-lock.json", Lock));
        Assert.Contains("链接", Assert.Single(data.GetProperty("gaps").EnumerateArray()).GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.False(data.TryGetProperty("components", out _));
    }

    [Theory]
    [InlineData("""{"versions": ["1.0.0"]}""", "1.0", true)]
    [InlineData("""{"versions": ["2.0"]}""", "1.0", false)]
    [InlineData("""{"versions": ["2.0"]}""", "${x}", null)]
    [InlineData("""{"ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}]}""", "1.0", null)]
    [InlineData("""{"ranges": [{"type": "ECOSYSTEM", "events": []}]}""", "1.0", null)]
    [InlineData("""{"ranges": [{"type": "ECOSYSTEM", "events": [{"fixed": "1.0"}]}]}""", "1.0", null)]
    [InlineData("""{"versions": [1]}""", "1.0", null)]
    public void A_record_that_is_not_read_whole_does_not_say_no(string affected, string version, bool? expected)
    {
        var json = $$"""{"id": "X-1", "affected": [{"package": {"ecosystem": "Maven", "name": "a:b"}, {{affected[1..]}}]}""";
        var record = Assert.Single(OsvRecord.Read(Encoding.UTF8.GetBytes(json), new HashSet<string>(StringComparer.Ordinal) { "Maven a:b" }, new HashSet<string>(StringComparer.Ordinal), out _)!);
        Assert.Equal(expected, record.Affects(version));
    }

    [Theory]
    [InlineData("1.0", true)]
    [InlineData("1.5", false)]
    [InlineData("2.0", true)]
    [InlineData("2.3", true)]
    [InlineData("2.4", false)]
    [InlineData("0.9", false)]
    [InlineData("3.3", true)]
    public void Events_and_single_versions_decide(string version, bool expected)
    {
        const string Json = """
            {"id": "X-1", "affected": [{"package": {"ecosystem": "Maven", "name": "a:b"}, "versions": ["3.3"],
             "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "1.0"}, {"fixed": "1.5"}, {"introduced": "2.0"}, {"last_affected": "2.3"}]}, {"type": "GIT", "events": [{"introduced": "0"}]}]}]}
            """;
        var record = Assert.Single(OsvRecord.Read(Encoding.UTF8.GetBytes(Json), new HashSet<string>(StringComparer.Ordinal) { "Maven a:b" }, new HashSet<string>(StringComparer.Ordinal), out _)!);
        Assert.Equal(expected, record.Affects(version));
        Assert.Null(record.Affects("${x}"));
    }

    [Theory]
    [InlineData("org.apache.logging.log4j:log4j-core", "2.14.1", "CVE-2021-44228 CVE-2021-45046 CVE-2021-45105")]
    [InlineData("org.apache.logging.log4j:log4j-core", "2.17.1", "")]
    [InlineData("org.apache.logging.log4j:log4j-core", "2.12.2", "CVE-2021-45105")]
    [InlineData("com.alibaba:fastjson", "1.2.80", "CVE-2022-25845")]
    [InlineData("com.alibaba:fastjson", "1.2.83", "")]
    [InlineData("org.springframework:spring-beans", "5.2.19.RELEASE", "CVE-2022-22965")]
    [InlineData("org.springframework:spring-beans", "5.2.20.RELEASE", "")]
    [InlineData("org.springframework:spring-beans", "5.3.17", "CVE-2022-22965")]
    [InlineData("org.apache.struts:struts2-core", "2.5.10", "CVE-2017-5638 CVE-2018-11776 CVE-2023-50164")]
    [InlineData("org.apache.shiro:shiro-core", "1.9.1", "")]
    public void The_short_list_knows_the_famous_ones(string name, string version, string expected)
    {
        var component = new CodeComponent { Ecosystem = "Maven", Name = name, Version = version, File = "pom.xml", Line = 1 };
        Assert.Equal(expected, string.Join(' ', FlawMatching.Against(Tables.KnownFlaws, [component]).Flaws.Select(f => f.Id).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_dump_that_is_none_and_broken_records_are_told()
    {
        using var folder = new TemporaryFolder();
        using var dump = new TemporaryFolder();
        File.WriteAllText(Path.Combine(dump.Path, "bad.zip"), "PK no zip");
        File.WriteAllText(Path.Combine(folder.Path, "package-lock.json"), Lock);
        var tree = new SourceTree { Id = "src", Path = folder.Path, Osv = Path.Combine(dump.Path, "bad.zip") };
        Assert.IsType<Unable>(await new CodeDependenciesProbe().ObserveAsync(tree, ProbeContexts.For(new KeptEvidence(), tree), CancellationToken.None));
        var dice = new SeededBytes(63);
        for (var i = 0; i < 2000; i++)
        {
            _ = OsvRecord.Read(dice.Mutate(Encoding.UTF8.GetBytes(Lodash)), new HashSet<string>(StringComparer.Ordinal) { "npm lodash" }, new HashSet<string>(StringComparer.Ordinal), out _)?.Select(r => r.Affects("4.0.0")).ToList();
        }

        var (data, _) = await LookAsync(folder, Dump(dump, true, ("a.json", Lodash.Replace("4.17.19", "4.17.10", StringComparison.Ordinal)), ("b.json", "[]")), ("package-lock.json", Lock));
        Assert.False(data.TryGetProperty("hasKnownFlaws", out _));
    }

    [Fact]
    public async Task The_bill_of_materials_has_the_shape_of_its_schema_and_the_same_bytes_each_time()
    {
        var schema = Environment.GetEnvironmentVariable("CYCLONEDX_SCHEMA") ?? Path.Combine(AppContext.BaseDirectory, "Schemas", "cyclonedx-part.json");
        var survey = DependencySurvey.Of([new ManifestFile("package-lock.json", Lock), new ManifestFile("pom.xml", "<project><artifactId>a</artifactId><dependencies><dependency><groupId>g</groupId><artifactId>open</artifactId></dependency></dependencies></project>")], [], CancellationToken.None);
        var bytes = CycloneDxBom.Write("门户", survey, new LicenceBook(Tables.Licences), []);
        Assert.Equal(bytes, CycloneDxBom.Write("门户", survey, new LicenceBook(Tables.Licences), []));
        Assert.Empty((await NJsonSchema.JsonSchema.FromFileAsync(schema)).Validate(Encoding.UTF8.GetString(bytes)));
        var root = JsonDocument.Parse(bytes).RootElement;
        Assert.Equal(["$schema", "bomFormat", "specVersion", "version", "metadata", "components", "vulnerabilities"], root.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("CycloneDX", "1.6"), (root.GetProperty("bomFormat").GetString(), root.GetProperty("specVersion").GetString()));
        var components = root.GetProperty("components").EnumerateArray().ToList();
        Assert.Equal(components.Count, components.Select(c => c.GetProperty("bom-ref").GetString()).Distinct().Count());
        Assert.All(components, c => Assert.True(c.GetProperty("type").GetString() == "library" && c.GetProperty("name").GetString()!.Length > 0 && c.GetProperty("purl").GetString()!.StartsWith("pkg:", StringComparison.Ordinal)));
        var open = components.Single(c => c.GetProperty("name").GetString() == "open");
        Assert.Equal(("g", "pkg:maven/g/open", false), (open.GetProperty("group").GetString(), open.GetProperty("purl").GetString(), open.TryGetProperty("version", out _)));
    }

    [Theory]
    [InlineData("npm", "@vue/cli", "5.0.8", "pkg:npm/%40vue/cli@5.0.8")]
    [InlineData("Maven", "org.a:b", "1.0", "pkg:maven/org.a/b@1.0")]
    [InlineData("Go", "github.com/tjfoc/gmsm", "1.4.1", "pkg:golang/github.com/tjfoc/gmsm@v1.4.1")]
    [InlineData("PyPI", "Flask_Login", "1.0", "pkg:pypi/flask-login@1.0")]
    [InlineData("NuGet", "Dapper", "2.0", "pkg:nuget/Dapper@2.0")]
    public void Package_urls_are_written_as_their_types_ask(string ecosystem, string name, string version, string url) =>
        Assert.Equal(url, PackageNames.Url(new CodeComponent { Ecosystem = ecosystem, Name = name, Version = version, File = "a", Line = 1 }));

    private static string Dump(TemporaryFolder folder, bool zipped, params IReadOnlyList<(string Name, string Text)> records)
    {
        var files = Path.Combine(folder.Path, "records");
        if (Directory.Exists(files))
        {
            Directory.Delete(files, recursive: true);
        }

        Directory.CreateDirectory(files);
        foreach (var (name, text) in records)
        {
            File.WriteAllText(Path.Combine(files, name), text);
        }

        var zip = Path.Combine(folder.Path, "dump.zip");
        File.Delete(zip);
        ZipFile.CreateFromDirectory(files, zip);
        return zipped ? zip : files;
    }

    private static async Task<(JsonElement Data, KeptEvidence Evidence)> LookAsync(TemporaryFolder folder, string? osv, params IReadOnlyList<(string Path, string Text)> files)
    {
        foreach (var (path, text) in files)
        {
            folder.Write(path, text);
        }

        var tree = new SourceTree { Id = "src", Path = folder.Path, Osv = osv };
        var evidence = new KeptEvidence();
        var plain = ProbeContexts.For(evidence, tree);
        var context = new ProbeContext
        {
            Scope = plain.Scope, Dialer = plain.Dialer, Tools = plain.Tools, Shells = plain.Shells, Evidence = evidence, Redactor = plain.Redactor,
            Clock = plain.Clock, Log = plain.Log, Shared = plain.Shared, Tables = new ProbeTables { KnownFlaws = Tables.KnownFlaws },
        };
        return (Assert.Single(Assert.IsType<Observed>(await new CodeDependenciesProbe().ObserveAsync(tree, context, CancellationToken.None)).Observations).Data, evidence);
    }
}
