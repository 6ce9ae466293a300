using System.Text;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>What manifests of each kind say.</summary>
public sealed class ManifestTests
{
    private const string Parent = """
        <project><groupId>cn.example</groupId><artifactId>parent</artifactId><version>1</version>
        <properties><log4j.version>2.14.1</log4j.version><spring>5.3.17</spring></properties>
        <dependencyManagement><dependencies>
        <dependency><groupId>org.springframework</groupId><artifactId>spring-beans</artifactId><version>${spring}</version></dependency>
        </dependencies></dependencyManagement></project>
        """;

    private const string Child = """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <parent><groupId>cn.example</groupId><artifactId>parent</artifactId><version>1</version></parent>
          <artifactId>app</artifactId>
          <dependencies>
            <dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-core</artifactId><version>${log4j.version}</version></dependency>
            <dependency><groupId>org.springframework</groupId><artifactId>spring-beans</artifactId></dependency>
            <dependency><groupId>a</groupId><artifactId>open</artifactId><version>[1.0,2.0)</version></dependency>
          </dependencies>
        </project>
        """;

    [Fact]
    public void A_pom_takes_properties_and_managed_versions_from_its_parent_in_the_tree()
    {
        var survey = Read(("pom.xml", Parent), ("app/pom.xml", Child));
        Assert.Equal(["a:open ? [1.0,2.0)", "org.apache.logging.log4j:log4j-core 2.14.1", "org.springframework:spring-beans 5.3.17"], Said(survey));
        Assert.Equal(5, survey.Components[1].Line);
        Assert.Empty(survey.Gaps);
        Assert.Equal(["app/pom.xml", "pom.xml"], survey.WithoutTransitive);
        var alone = Read(("pom.xml", Child));
        Assert.Contains("cn.example:parent 1", Said(alone));
        Assert.Contains("org.springframework:spring-beans ? 由不在源码中的父 POM 或 BOM 决定", Said(alone));
        Assert.NotEmpty(alone.Gaps);
    }

    [Fact]
    public void Gradle_coordinates_variables_and_catalogues_are_read()
    {
        var survey = Read(
            ("build.gradle", "ext { fastjson = '1.2.47' }\ndependencies {\n  implementation 'com.alibaba:fastjson:' + 'x'\n  implementation \"com.alibaba:fastjson:$fastjson\"\n  // implementation 'no:no:1'\n  api group: 'org.apache.shiro', name: 'shiro-core', version: '1.4.0'\n  runtimeOnly('a:b:1.+')\n}\n"),
            ("gradle/libs.versions.toml", "[versions]\nlog = \"2.17.1\"\n[libraries]\ncore = { module = \"org.apache.logging.log4j:log4j-core\", version.ref = \"log\" }\nplain = \"c:d:3\"\n"));
        Assert.Equal(["a:b ? 1.+", "c:d 3", "com.alibaba:fastjson 1.2.47", "org.apache.logging.log4j:log4j-core 2.17.1", "org.apache.shiro:shiro-core 1.4.0"], Said(survey));
        Assert.Contains("没有解析", Assert.Single(survey.Gaps).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Npm_locks_of_all_versions_say_the_same()
    {
        var package = ("package.json", """{"dependencies": {"axios": "^1.0.0"}, "devDependencies": {"@vue/cli": "~5.0.0"}}""");
        string[] expected = ["@vue/cli 5.0.8", "axios 1.6.0", "follow-redirects 1.15.0"];
        var one = Read(package, ("package-lock.json", """{"lockfileVersion": 1, "dependencies": {"axios": {"version": "1.6.0", "dependencies": {"follow-redirects": {"version": "1.15.0"}}}, "@vue/cli": {"version": "5.0.8"}}}"""));
        var three = Read(package, ("package-lock.json", """{"lockfileVersion": 3, "packages": {"": {"dependencies": {"axios": "^1.0.0"}, "devDependencies": {"@vue/cli": "~5.0.0"}}, "node_modules/axios": {"version": "1.6.0", "license": "MIT"}, "node_modules/axios/node_modules/follow-redirects": {"version": "1.15.0"}, "node_modules/@vue/cli": {"version": "5.0.8"}}}"""));
        var yarn = Read(package, ("yarn.lock", "# yarn lockfile v1\n\naxios@^1.0.0, axios@^1.6.0:\n  version \"1.6.0\"\n  dependencies:\n    follow-redirects \"^1.15.0\"\n\n\"@vue/cli@~5.0.0\":\n  version \"5.0.8\"\n\nfollow-redirects@^1.15.0:\n  version \"1.15.0\"\n"));
        var berry = Read(package, ("yarn.lock", "__metadata:\n  version: 6\n\n\"axios@npm:^1.0.0\":\n  version: 1.6.0\n  resolution: \"axios@npm:1.6.0\"\n\n\"@vue/cli@npm:~5.0.0\":\n  version: 5.0.8\n  resolution: \"@vue/cli@npm:5.0.8\"\n\n\"redirects@npm:follow-redirects@^1.15.0\":\n  version: 1.15.0\n  resolution: \"follow-redirects@npm:1.15.0\"\n\n\"app@workspace:.\":\n  version: 0.0.0-use.local\n"));
        var pnpm5 = Read(package, ("pnpm-lock.yaml", "lockfileVersion: 5.4\n\ndependencies:\n  axios: 1.6.0\n\ndevDependencies:\n  '@vue/cli': 5.0.8_peer@1.0.0\n\npackages:\n\n  /@vue/cli/5.0.8_peer@1.0.0:\n    dev: true\n\n  /axios/1.6.0:\n    dependencies:\n      follow-redirects: 1.15.0\n\n  /follow-redirects/1.15.0:\n    dev: false\n"));
        var pnpm9 = Read(package, ("pnpm-lock.yaml", "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      axios:\n        specifier: ^1.0.0\n        version: 1.6.0\n    devDependencies:\n      '@vue/cli':\n        specifier: ~5.0.0\n        version: 5.0.8(peer@1.0.0)\n\npackages:\n\n  '@vue/cli@5.0.8':\n    resolution: {integrity: x}\n\n  axios@1.6.0:\n    resolution: {integrity: x}\n\n  follow-redirects@1.15.0:\n    resolution: {integrity: x}\n\nsnapshots:\n\n  axios@1.6.0:\n    dependencies:\n      follow-redirects: 1.15.0\n"));
        Assert.All([one, three, yarn, berry, pnpm5, pnpm9], s =>
        {
            Assert.Equal(expected, Said(s));
            Assert.Equal([true, true, false], s.Components.Select(c => c.IsDirect == true));
            Assert.Empty(s.WithoutTransitive);
        });
        Assert.Equal("MIT", three.Components[1].Licence);
        Assert.Equal(["@vue/cli ? ~5.0.0", "axios ? ^1.0.0"], Said(Read(package)));
    }

    [Fact]
    public void NuGet_projects_take_central_versions_and_locks_speak_for_projects()
    {
        var props = ("Directory.Packages.props", """<Project><ItemGroup><PackageVersion Include="Newtonsoft.Json" Version="$(Json)"/></ItemGroup><PropertyGroup><Json>12.0.3</Json></PropertyGroup></Project>""");
        var project = ("src/App/App.csproj", """<Project><ItemGroup><PackageReference Include="Newtonsoft.Json"/><PackageReference Include="Dapper" Version="2.*"/><PackageReference Include="Serilog"><Version>3.0.0</Version></PackageReference></ItemGroup></Project>""");
        Assert.Equal(["Dapper ? 2.*", "Newtonsoft.Json 12.0.3", "Serilog 3.0.0"], Said(Read(props, project)));
        var locked = Read(props, project, ("src/App/packages.lock.json", """{"version": 1, "dependencies": {"net8.0": {"Newtonsoft.Json": {"type": "Direct", "resolved": "13.0.1"}, "Inner": {"type": "Transitive", "resolved": "1.0.0"}, "other": {"type": "Project"}}}}"""));
        Assert.Equal(["Inner 1.0.0", "Newtonsoft.Json 13.0.1"], Said(locked));
        Assert.Empty(locked.WithoutTransitive);
    }

    [Fact]
    public void Go_and_Python_manifests_are_read()
    {
        var go = Read(("go.mod", "module example.cn/app\n\ngo 1.21\n\nrequire github.com/tjfoc/gmsm v1.4.1\n\nrequire (\n\tgolang.org/x/net v0.1.0 // indirect\n\texample.cn/own v1.0.0\n)\n\nreplace example.cn/own => ../own\n"));
        Assert.Equal(["example.cn/own ? 替换为本地目录", "github.com/tjfoc/gmsm 1.4.1", "golang.org/x/net 0.1.0"], Said(go));
        Assert.Empty(go.WithoutTransitive);
        var python = Read(("requirements.txt", "# comment\nDjango==3.2.1\ngmssl>=3.2 ; python_version > '3'\nuvicorn[standard]==0.20.0 \\\n    --hash=sha256:aa\n-r other.txt\ngit+https://example.cn/a.git\n"));
        Assert.Equal(["django 3.2.1", "gmssl ? >=3.2", "uvicorn 0.20.0"], Said(python));
        Assert.Equal(2, python.Gaps.Count);
        Assert.Single(Read(("requirements.txt", "Django==3.2.1\n-r requirements/more.txt\n"), ("requirements/more.txt", "gmssl==3.2\n-i https://pypi.example.cn\n-e .\n-e ./own\n")).Gaps);
        Assert.Equal(["flask 2.0.0"], Said(Read(("poetry.lock", "[[package]]\nname = \"Flask\"\nversion = \"2.0.0\"\n\n[package.dependencies]\nversion = \"9\"\n"))));
        Assert.Equal(["flask 2.0.0"], Said(Read(("Pipfile.lock", """{"default": {"flask": {"version": "==2.0.0"}}}"""))));
        Assert.NotEmpty(Read(("pyproject.toml", "[project]\ndependencies = [\"flask\"]\n")).Gaps);
    }

    [Fact]
    public void Hostile_manifests_are_told_and_hurt_nobody()
    {
        var survey = Read(
            ("a/pom.xml", "<!DOCTYPE x [<!ENTITY a \"b\">]><project>&a;</project>"),
            ("b/pom.xml", string.Concat(Enumerable.Repeat("<project>", 5000))),
            ("c/package-lock.json", string.Concat(Enumerable.Repeat("{\"dependencies\":{\"a\":", 5000))),
            ("d/package.json", "[1]"),
            ("e/pom.xml", "<project><parent><groupId>g</groupId><artifactId>e</artifactId><relativePath>../f/pom.xml</relativePath></parent><artifactId>f</artifactId><groupId>g</groupId></project>"),
            ("f/pom.xml", "<project><parent><groupId>g</groupId><artifactId>f</artifactId><relativePath>../e/pom.xml</relativePath></parent><artifactId>e</artifactId><groupId>g</groupId><properties><x>${y}</x><y>${x}</y></properties><dependencies><dependency><groupId>q</groupId><artifactId>${x}</artifactId><version>${x}</version></dependency></dependencies></project>"));
        Assert.Equal(["a/pom.xml", "b/pom.xml", "c/package-lock.json", "d/package.json"], survey.Gaps.Select(g => g.File).Where(f => f[0] < 'e'));
        Assert.All(survey.Components, c => Assert.Null(c.Version));
    }

    [Fact]
    public async Task Crowded_manifests_take_time_that_grows_with_them()
    {
        var names = Enumerable.Range(0, 90_000).ToArray();
        (string, string)[] crowded =
        [
            ("package.json", $"{{\"dependencies\": {{{string.Join(',', names.Select(i => $"\"p{i}\":\"1.0.0\""))}}}}}"),
            ("pom.xml", $"<project><artifactId>a</artifactId><properties>{string.Concat(names.Select(i => $"<p{i}>1.{i}</p{i}>"))}</properties><dependencies>{string.Concat(names.Select(i => $"<dependency><groupId>g</groupId><artifactId>a{i}</artifactId><version>${{p{i}}}</version></dependency>"))}</dependencies></project>"),
            ("App.csproj", $"<Project><PropertyGroup><V>{string.Concat(Enumerable.Repeat("x<!---->", 300_000))}</V></PropertyGroup><ItemGroup><PackageReference Include=\"A\" Version=\"1.0.0\"/></ItemGroup></Project>"),
        ];
        foreach (var one in crowded)
        {
            var survey = await Task.Run(() => Read(one)).WaitAsync(TimeSpan.FromSeconds(15));
            Assert.Equal(one.Item1 == "App.csproj" ? 1 : names.Length, survey.Components.Count);
            Assert.All(survey.Components, c => Assert.NotNull(c.Version));
        }
    }

    [Fact]
    public void Broken_manifests_end_as_gaps()
    {
        var dice = new SeededBytes(62);
        (string Name, string Text)[] good =
        [
            ("pom.xml", Child), ("build.gradle", "dependencies { implementation 'a:b:1' }\n"), ("package-lock.json", """{"packages": {"node_modules/a": {"version": "1.0.0"}}}"""), ("yarn.lock", "a@^1:\n  version \"1.0.0\"\n"),
            ("pnpm-lock.yaml", "packages:\n\n  /a/1.0.0:\n    dev: true\n"), ("packages.lock.json", """{"dependencies": {"net8.0": {"A": {"type": "Direct", "resolved": "1.0.0"}}}}"""), ("go.mod", "module a\nrequire b v1.0.0\n"),
            ("requirements.txt", "a==1\n"), ("poetry.lock", "[[package]]\nname = \"a\"\nversion = \"1\"\n"), ("App.csproj", """<Project><ItemGroup><PackageReference Include="A" Version="1.0.0"/></ItemGroup></Project>"""), ("libs.versions.toml", "[libraries]\na = { module = \"a:b\", version = \"1\" }\n"),
        ];
        Assert.All(good, g => Assert.True(Read(g).Components.Count > 0 && Read(g).Gaps.All(x => x.Reason.Contains("不在源码", StringComparison.Ordinal)), g.Name));
        for (var i = 0; i < 3000; i++)
        {
            var (name, text) = good[i % good.Length];
            var survey = Read((name, Encoding.UTF8.GetString(dice.Mutate(Encoding.UTF8.GetBytes(text)))));
            Assert.True(survey.Components.Count + survey.Gaps.Count > 0, name);
            Assert.All(survey.Components, c => Assert.True(c.File == name && c.Line >= 1 && c.Name.Length is > 0 and <= 300));
        }
    }

    [Fact]
    public void A_lock_above_speaks_only_for_the_folders_it_names()
    {
        var root = ("package.json", """{"workspaces": ["a"], "dependencies": {"axios": "^1.0.0"}}""");
        var (own, other) = (("a/package.json", """{"dependencies": {"lodash": "^4.0.0"}}"""), ("b/package.json", """{"dependencies": {"moment": "2.10.0"}}"""));
        (string, string)[] locks =
        [
            ("package-lock.json", """{"lockfileVersion": 3, "packages": {"": {"dependencies": {"axios": "^1.0.0"}}, "a": {"dependencies": {"lodash": "^4.0.0"}}, "node_modules/axios": {"version": "1.6.0"}, "node_modules/lodash": {"version": "4.17.21"}}}"""),
            ("yarn.lock", "axios@^1.0.0:\n  version \"1.6.0\"\n\nlodash@^4.0.0:\n  version \"4.17.21\"\n"),
            ("pnpm-lock.yaml", "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies: {}\n\n  a:\n    dependencies: {}\n\npackages:\n\n  axios@1.6.0:\n    resolution: {}\n\n  lodash@4.17.21:\n    resolution: {}\n"),
        ];
        Assert.All(locks, l =>
        {
            var survey = Read(root, own, other, l);
            Assert.Equal(["axios 1.6.0", "lodash 4.17.21", "moment 2.10.0"], Said(survey));
            Assert.Equal(["b/package.json"], survey.WithoutTransitive);
        });
        Assert.Contains("moment 2.10.0", Said(Read(root, other, ("package-lock.json", "{"))));
    }

    [Theory]
    [InlineData("package-lock.json", """{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": "1.0.0"}, "node_modules/b": {"resolved": "x"}}}""")]
    [InlineData("package-lock.json", """{"lockfileVersion": 1, "dependencies": {"a": {"version": "1.0.0"}, "b": {}}}""")]
    [InlineData("package-lock.json", """{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": "1.0.0"}, "packages/own": {}}}""")]
    [InlineData("package.json", """{"dependencies": {"a": "1.0.0", "b": {"version": "1"}}}""")]
    [InlineData("yarn.lock", "a@^1:\n  version \"1.0.0\"\n\nb@^1:\n  resolved \"x\"\n")]
    [InlineData("pnpm-lock.yaml", "packages:\n\n  /a/1.0.0:\n    dev: true\n\n  file:b.tgz:\n    dev: true\n")]
    [InlineData("packages.lock.json", """{"dependencies": {"net8.0": {"A": {"type": "Direct", "resolved": "1.0.0"}, "B": {"type": "Transitive"}}}}""")]
    [InlineData("App.csproj", """<Project><ItemGroup><PackageReference Include="A" Version="1.0.0"/><Reference Include="B"><HintPath>..\lib\B.dll</HintPath></Reference></ItemGroup></Project>""")]
    [InlineData("App.csproj", """<Project><Import Project="$(OwnDir)\own.targets"/></Project>""")]
    [InlineData("App.csproj", """<Project><Import Project="$(OwnDir)\own.targets"/><ItemGroup><PackageReference Include="A" Version="1.0.0"/></ItemGroup></Project>""")]
    [InlineData("App.csproj", """<Project><Import Project="..\own.props"/><ItemGroup><PackageReference Include="A" Version="1.0.0"/></ItemGroup></Project>""")]
    [InlineData("App.csproj", """<Project><Import Project="$(MSBuildToolsPath)\..\own.targets"/></Project>""")]
    [InlineData("App.csproj", """<Project><PropertyGroup><VSToolsPath>..\own</VSToolsPath></PropertyGroup><Import Project="$(VSToolsPath)\own.targets"/></Project>""")]
    [InlineData("App.csproj", """<Project><PropertyGroup><vstoolspath>/own</vstoolspath></PropertyGroup><Import Project="$(VSToolsPath)/own.targets"/></Project>""")]
    [InlineData("App.csproj", """<Project Sdk="Own.Sdk/1.0.0"/>""")]
    [InlineData("App.csproj", """<Project><Sdk Name="Own.Sdk"/></Project>""")]
    [InlineData("App.csproj", """<Project><Import Project="..\Directory.Build.props"/></Project>""")]
    [InlineData("Directory.Build.props", """<Project><Import Project="own.props"/><ItemGroup><PackageReference Include="A" Version="1.0.0"/></ItemGroup></Project>""")]
    [InlineData("poetry.lock", "[[package]]\nname = \"a\"\nversion = \"1\"\n\n[[package]]\nname = \"b\"\n")]
    [InlineData("gradle.lockfile", "# This is a Gradle generated file\na:b:1=compileClasspath\nnonsense\nempty=\n")]
    [InlineData("libs.versions.toml", "[libraries]\na = { module = \"a:b\", version = \"1\" }\nb = {\n")]
    [InlineData("pom.xml", "<project><artifactId>a</artifactId><dependencies><dependency><groupId>g</groupId><artifactId>a</artifactId><version>1</version></dependency><dependency><artifactId>b</artifactId></dependency></dependencies></project>")]
    [InlineData("requirements.txt", "a==1\n--requirement other.txt\n")]
    [InlineData("pom.xml", "<html/>")]
    [InlineData("yarn.lock", "")]
    [InlineData("go.mod", "module a\nrequire (\n)\n")]
    [InlineData("build.gradle", "apply from: 'deps.gradle'\n")]
    public void What_a_reader_passes_over_is_a_gap(string name, string text) => Assert.Contains(Read((name, text)).Gaps, g => g.File == name);

    [Theory]
    [InlineData("settings.gradle", "include ':a'\n")]
    [InlineData("build.gradle", "dependencies {\n  implementation project(':a')\n}\n")]
    [InlineData("pom.xml", "<project><artifactId>a</artifactId></project>")]
    [InlineData("go.mod", "module a\ngo 1.21\n")]
    [InlineData("App.csproj", """<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><ProjectReference Include="..\B\B.csproj"/></ItemGroup></Project>""")]
    [InlineData("App.csproj", """<Project><Import Project="$(MSBuildToolsPath)\Microsoft.CSharp.targets"/></Project>""")]
    [InlineData("App.csproj", """<Project><Import Project="$(MSBuildExtensionsPath)\$(MSBuildToolsVersion)\Microsoft.Common.props"/><ItemGroup><PackageReference Include="A" Version="1.0.0"/></ItemGroup></Project>""")]
    [InlineData("App.csproj", """<Project><PropertyGroup><VSToolsPath>$(MSBuildExtensionsPath32)\Microsoft\VisualStudio\v17</VSToolsPath></PropertyGroup><Import Project="$(VSToolsPath)\WebApplications\Microsoft.WebApplication.targets"/></Project>""")]
    [InlineData("App.fsproj", """<Project><PropertyGroup><FSharpTargetsPath>$(MSBuildExtensionsPath32)\Microsoft\FSharp.targets</FSharpTargetsPath></PropertyGroup><Import Project="$(FSharpTargetsPath)"/></Project>""")]
    [InlineData("App.csproj", """<Project><Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk.Web"/><ItemGroup><PackageReference Include="A" Version="1.0.0"/></ItemGroup><Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk.Web"/></Project>""")]
    [InlineData("Directory.Build.props", """<Project><Import Project="$([MSBuild]::GetPathOfFileAbove('Directory.Build.props', '$(MSBuildThisFileDirectory)../'))"/><ItemGroup><PackageReference Include="A" Version="1.0.0"/></ItemGroup></Project>""")]
    [InlineData("package.json", """{"name": "own", "scripts": {"build": "x"}}""")]
    public void A_manifest_that_asks_for_nothing_is_no_gap_of_its_own(string name, string text) =>
        Assert.DoesNotContain(Read((name, text), ("package-lock.json", """{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": "1.0.0"}}}""")).Gaps, g => g.File == name);

    [Theory]
    [InlineData("git+https://user:S@h.example.cn/x.git")]
    [InlineData("git+https://user:E@h.example.cn/x.git")]
    [InlineData("git%2Bhttps%3A%2F%2Fuser%3AE%40h.example.cn")]
    [InlineData("https://h.example.cn/x.tgz?token=S#S")]
    [InlineData("user:S@h.example.cn:x.git")]
    [InlineData("S")]
    public void What_unlocks_the_place_of_a_package_is_not_in_the_bill(string version)
    {
        const string Secret = "Zk8#qPw2xLm9vTr5";
        var said = version.Replace("S", Secret, StringComparison.Ordinal).Replace("E", Uri.EscapeDataString(Secret), StringComparison.Ordinal);
        var survey = Read(
            ("package.json", "{\"dependencies\": {\"a\": \"" + said + "\"}}"),
            ("lock/package-lock.json", "{\"lockfileVersion\": 3, \"packages\": {\"node_modules/a\": {\"version\": \"" + said + "\"}}}"),
            ("pom.xml", $"<project><dependencies><dependency><groupId>g</groupId><artifactId>a</artifactId><version>{said}</version></dependency></dependencies></project>"));
        Assert.Equal(3, survey.Components.Count);
        var bill = string.Join(' ', survey.Components) + Encoding.UTF8.GetString(CycloneDxBom.Write("t", survey, new LicenceBook([]), []));
        Assert.DoesNotContain("qPw2xLm9vTr5", bill, StringComparison.Ordinal);
        Assert.DoesNotContain("user", bill, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_stays_as_it_is_said()
    {
        foreach (var said in (string[])["1.2.3-RC1.Final", ">=1.0,<2.0", "npm:@vue/compat@^3.1.0", "5.0.8_peer@1.0.0", "2.0.0-20230101120000-AbCdEf123456", "${spring.version}"])
        {
            Assert.Equal(said, ShownVersion.Of(said));
        }
    }

    private static IEnumerable<string> Said(DependencySurvey survey) => survey.Components.Select(c => c.Version is { } version ? $"{c.Name} {version}" : $"{c.Name} ? {c.Range}");

    private static DependencySurvey Read(params (string Path, string Text)[] files) => DependencySurvey.Of([.. files.Select(f => new ManifestFile(f.Path, f.Text))], [], CancellationToken.None);
}
