using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Licences of components, as they say themselves.</summary>
public sealed class LicenceTests
{
    private static readonly LicenceBook Book = new(Tables.Licences);

    [Theory]
    [InlineData("MIT", "MIT", LicenceClass.Permissive)]
    [InlineData("the apache software license, version 2.0", "Apache-2.0", LicenceClass.Permissive)]
    [InlineData("AGPL-3.0-only", "AGPL-3.0-only", LicenceClass.StrongCopyleft)]
    [InlineData("GNU General Public License v3.0", "GPL-3.0", LicenceClass.StrongCopyleft)]
    [InlineData("LGPL-2.1-or-later", "LGPL-2.1-or-later", LicenceClass.WeakCopyleft)]
    [InlineData("(MIT OR GPL-3.0-only)", null, LicenceClass.Permissive)]
    [InlineData("MIT AND GPL-3.0-only", null, LicenceClass.StrongCopyleft)]
    [InlineData("MIT OR (Apache-2.0 AND AGPL-3.0-only)", null, LicenceClass.Permissive)]
    [InlineData("GPL-2.0-only WITH Classpath-exception-2.0", null, LicenceClass.WeakCopyleft)]
    [InlineData("GPL-2.0-only WITH no-such-exception", null, LicenceClass.StrongCopyleft)]
    [InlineData("Apache-2.0 WITH Commons-Clause", null, null)]
    [InlineData("LGPL-2.1-only WITH no-such-exception", null, null)]
    [InlineData("Apache-2.0 WITH LLVM-exception", null, LicenceClass.Permissive)]
    [InlineData("BUSL-1.1 WITH no-such-exception", null, LicenceClass.Other)]
    [InlineData("GPL-2.0+", null, LicenceClass.StrongCopyleft)]
    [InlineData("BSD", null, LicenceClass.Permissive)]
    [InlineData("UNLICENSED", null, LicenceClass.None)]
    [InlineData("BUSL-1.1", "BUSL-1.1", LicenceClass.Other)]
    [InlineData("MIT OR", null, null)]
    [InlineData("(MIT", null, null)]
    [InlineData("MIT OR Corporate", null, null)]
    [InlineData("SEE LICENSE IN LICENSE.txt", null, null)]
    public void What_is_written_is_read_as_SPDX_says(string written, string? id, LicenceClass? kind)
    {
        var read = Book.Read(written);
        Assert.Equal((id, kind), (read.Id, read.Class));
    }

    [Fact]
    public void A_text_counts_only_where_it_is_one_licence_and_no_other()
    {
        const string Bsd = "Redistribution and use in source and binary forms, with or without\nmodification, are permitted. ";
        Assert.Equal("MIT", Book.OfText("Permission is hereby granted, free of charge, to any person obtaining a copy\n of this software and associated documentation"));
        Assert.Equal("BSD-2-Clause", Book.OfText(Bsd));
        Assert.Equal("BSD-3-Clause", Book.OfText(Bsd + "Neither the name of the author may be used to endorse or promote products"));
        Assert.Null(Book.OfText(Bsd + "Permission is hereby granted, free of charge, to any person obtaining a copy of this software"));
        Assert.Null(Book.OfText("GNU GENERAL PUBLIC LICENSE"));
        const string Clause = "“Commons Clause” License Condition v1.0\n\nThe Software is provided to you by the Licensor under the License, as defined below";
        Assert.All(
            ["Permission is hereby granted, free of charge, to any person obtaining a copy of this software", "Apache License\nVersion 2.0, January 2004", Bsd, Bsd + "Neither the name may be used to endorse or promote products"],
            t => Assert.True(Book.OfText(t) is not null && Book.OfText($"{t}\n{Clause}") is null, t));
    }

    [Fact]
    public async Task Licences_come_from_the_lock_and_from_packages_that_lie_in_the_tree()
    {
        var data = await LookAsync(
            ("package-lock.json", """{"lockfileVersion": 3, "packages": {"": {"dependencies": {"a": "1"}}, "node_modules/a": {"version": "1.0.0", "license": "MIT"}, "node_modules/@s/b": {"version": "2.0.0"}, "node_modules/c": {"version": "3.0.0"}}}"""),
            ("node_modules/@s/b/package.json", """{"name": "@s/b", "version": "2.0.0", "license": {"type": "GPL-3.0-only"}}"""),
            ("node_modules/c/package.json", """{"name": "c", "version": "3.0.1", "license": "MIT"}"""),
            ("py/requirements.txt", "flask==2.0.1\n"),
            ("py/.venv/lib/site-packages/flask-2.0.1.dist-info/METADATA", "Metadata-Version: 2.1\nName: Flask\nVersion: 2.0.1\nLicense: BSD-3-Clause\nClassifier: License :: OSI Approved :: BSD License\n\nLicense: GPL\n"),
            ("go.mod", "module x\n\ngo 1.21\n\nrequire example.cn/lib v1.2.0\n"),
            ("vendor/example.cn/lib/LICENSE", "Apache License\n Version 2.0, January 2004\n"),
            ("net/packages.config", """<packages><package id="Some.Lib" version="1.0.0" /></packages>"""),
            ("net/packages/Some.Lib.1.0.0/Some.Lib.nuspec", """<package><metadata><id>Some.Lib</id><version>1.0.0</version><license type="expression">AGPL-3.0-only</license></metadata></package>"""),
            ("java/pom.xml", "<project><artifactId>a</artifactId><dependencies><dependency><groupId>org.x</groupId><artifactId>y</artifactId><version>1.0</version></dependency></dependencies></project>"),
            ("java/repository/org/x/y/1.0/y-1.0.pom", "<project><groupId>org.x</groupId><artifactId>y</artifactId><version>1.0</version><licenses><license><name>Mozilla Public License 2.0</name></license></licenses></project>"));
        var licences = data.Record.GetProperty("licences");
        Assert.Equal(["@s/b@2.0.0（GPL-3.0-only）", "Some.Lib@1.0.0（AGPL-3.0-only）"], licences.GetProperty("strongCopyleft").EnumerateArray().Select(l => l.GetString()).Order(StringComparer.Ordinal));
        Assert.Equal("c@3.0.0", Assert.Single(licences.GetProperty("unknownExamples").EnumerateArray()).GetString());
        Assert.False(licences.TryGetProperty("areCleared", out _));
        var said = data.Bill.GetProperty("components").EnumerateArray().Where(c => c.TryGetProperty("licenses", out _)).ToDictionary(c => c.GetProperty("name").GetString()!, c => c.GetProperty("licenses")[0].GetProperty("license").EnumerateObject().Single(), StringComparer.Ordinal);
        Assert.Equal(
            [("Some.Lib", "id", "AGPL-3.0-only"), ("a", "id", "MIT"), ("b", "id", "GPL-3.0-only"), ("example.cn/lib", "id", "Apache-2.0"), ("flask", "name", "BSD License"), ("y", "id", "MPL-2.0")],
            said.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Value.Name, s.Value.Value.GetString()!)));
    }

    [Theory]
    [InlineData("MIT", true)]
    [InlineData("(MIT OR GPL-3.0-only)", true)]
    [InlineData("AGPL-3.0", null)]
    [InlineData("BUSL-1.1", null)]
    [InlineData("Corporate", null)]
    [InlineData("UNLICENSED", false)]
    public async Task All_clear_is_only_said_where_every_licence_is_known_and_none_asks_for_a_decision(string licence, bool? expected)
    {
        const string Lock = """{"lockfileVersion": 3, "packages": {"": {"dependencies": {"a": "1"}}, "node_modules/a": {"version": "1.0.0", "license": "SAID"}}}""";
        var (record, _) = await LookAsync(("package-lock.json", Lock.Replace("SAID", licence, StringComparison.Ordinal)));
        Assert.Equal(expected, record.GetProperty("licences").TryGetProperty("areCleared", out var cleared) ? cleared.GetBoolean() : null);
    }

    [Theory]
    [InlineData("MIT", "The MIT License", true)]
    [InlineData("MIT", "AGPL-3.0-only", null)]
    [InlineData("MIT", "Corporate", null)]
    [InlineData("MIT", "UNLICENSED", false)]
    public async Task Copies_of_a_component_that_differ_say_nothing(string one, string other, bool? expected)
    {
        const string Lock = """{"lockfileVersion": 3, "packages": {"": {"dependencies": {"a": "1"}}, "node_modules/a": {"version": "1.0.0", "license": "SAID"}}}""";
        var (record, bill) = await LookAsync(("a/package-lock.json", Lock.Replace("SAID", one, StringComparison.Ordinal)), ("b/package-lock.json", Lock.Replace("SAID", other, StringComparison.Ordinal)));
        var licences = record.GetProperty("licences");
        Assert.Equal(expected, licences.TryGetProperty("areCleared", out var cleared) ? cleared.GetBoolean() : null);
        Assert.Equal(expected is null ? 1 : 0, licences.GetProperty("unknown").GetInt32());
        Assert.Equal(other == "AGPL-3.0-only" ? 1 : 0, licences.GetProperty("strongCopyleft").GetArrayLength());
        Assert.Equal(expected is true, bill.GetProperty("components")[0].TryGetProperty("licenses", out _));
    }

    [Theory]
    [InlineData(3, 0, true)]
    [InlineData(2, 1, false)]
    public void Files_beyond_the_limit_are_counted_and_clear_nothing(int most, int unread, bool isCleared)
    {
        using var folder = new TemporaryFolder();
        CodeComponent[] components = [.. "abc".Select(c => new CodeComponent { Ecosystem = "npm", Name = $"{c}", Version = "1.0.0", File = "package-lock.json", Line = 1 })];
        foreach (var component in components)
        {
            folder.Write($"node_modules/{component.Name}/package.json", $$"""{"name": "{{component.Name}}", "version": "1.0.0", "license": "MIT"}""");
        }

        var (filled, left) = LicenceSearch.Fill(folder.Path, components, Book, CancellationToken.None, most);
        Assert.Equal((most, unread), (filled.Count(c => c.Licence == "MIT"), left));
        var summary = LicenceSummary.Of(new DependencySurvey(["package-lock.json"], [.. filled.Where(c => c.Licence is not null)], [], []) { UnreadLicences = left }, Book);
        Assert.Equal((isCleared, unread), (summary.AreCleared.Equals(new Fact<bool>(true)), summary.UnreadFiles));
    }

    [Theory]
    [InlineData("node_modules/b/package.json", "{\"name\": \"a\", \"version\": ", 1)]
    [InlineData("node_modules/@s/b/package.json", "{", 1)]
    [InlineData("node_modules/b/test/malformed/package.json", "{", 0)]
    [InlineData("node_modules/@s/b/test/package.json", "{", 0)]
    [InlineData("packages/A.1.0.0/A.nuspec", "<package><metadata>", 1)]
    [InlineData("m/a.pom", "<project>", 1)]
    [InlineData("vendor/composer/installed.json", "[{", 1)]
    [InlineData("vendor/composer/installed.json", "{\"packages\": {}}", 1)]
    [InlineData("node_modules/b/package.json", "{\"name\": \"b\", \"version\": \"1.0.0\"}", 0)]
    public void A_package_whose_own_description_is_broken_clears_nothing(string path, string text, int unread)
    {
        using var folder = new TemporaryFolder();
        folder.Write("node_modules/a/package.json", """{"name": "a", "version": "1.0.0", "license": "MIT"}""");
        folder.Write(path, text);
        var (filled, left) = LicenceSearch.Fill(folder.Path, [new CodeComponent { Ecosystem = "npm", Name = "a", Version = "1.0.0", File = "package-lock.json", Line = 1 }], Book, CancellationToken.None);
        Assert.Equal(("MIT", unread), (Assert.Single(filled).Licence, left));
        Assert.Equal(unread == 0, LicenceSummary.Of(new DependencySurvey(["package-lock.json"], filled, [], []) { UnreadLicences = left }, Book).AreCleared.Equals(new Fact<bool>(true)));
    }

    [Fact]
    public void Broken_and_hostile_licences_end_and_say_nothing()
    {
        var dice = new SeededBytes(23);
        var seed = Encoding.UTF8.GetBytes("(MIT OR (Apache-2.0 AND GPL-2.0-only WITH Classpath-exception-2.0)) AND BSD");
        for (var i = 0; i < 5000; i++)
        {
            _ = Book.Read(Encoding.UTF8.GetString(dice.Mutate(seed)));
        }

        Assert.Null(Book.Read(new string('(', 299)).Class);
        Assert.Null(Book.Read(string.Concat(Enumerable.Repeat("MIT AND ", 40))).Class);
    }

    private static async Task<(JsonElement Record, JsonElement Bill)> LookAsync(params IReadOnlyList<(string Path, string Text)> files)
    {
        using var folder = new TemporaryFolder();
        foreach (var (path, text) in files)
        {
            folder.Write(path, text);
        }

        var tree = new SourceTree { Id = "src", Path = folder.Path };
        var evidence = new KeptEvidence();
        var plain = ProbeContexts.For(evidence, tree);
        var context = new ProbeContext
        {
            Scope = plain.Scope, Dialer = plain.Dialer, Tools = plain.Tools, Shells = plain.Shells, Evidence = plain.Evidence, Redactor = plain.Redactor,
            Clock = plain.Clock, Log = plain.Log, Shared = plain.Shared, Tables = new ProbeTables { Licences = Tables.Licences },
        };
        var observed = Assert.IsType<Observed>(await new CodeDependenciesProbe().ObserveAsync(tree, context, CancellationToken.None));
        var bill = Assert.Single(evidence.Files).Value;
        Assert.Empty((await NJsonSchema.JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "Schemas", "cyclonedx-part.json"))).Validate(Encoding.UTF8.GetString(bill)));
        return (Assert.Single(observed.Observations).Data, JsonDocument.Parse(bill).RootElement);
    }
}
