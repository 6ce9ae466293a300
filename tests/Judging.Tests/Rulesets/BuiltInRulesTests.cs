using System.Security.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging.Tests;

public sealed class BuiltInRulesTests
{
    private static readonly BuiltInRules BuiltIn = new(new Dictionary<string, string>(StringComparer.Ordinal) { ["tls/a.yaml"] = "aa", ["crypto/b.yaml"] = "bb", ["profiles/city.yaml"] = "cc" });
    private static readonly RulesetReference A = new("a", "1", "tls/a.yaml", "aa");
    private static readonly RulesetReference B = new("b", "1", "crypto/b.yaml", "bb");

    [Fact]
    public void All_built_in_rulesets_with_or_without_a_built_in_profile_are_the_tools_own()
    {
        Assert.True(BuiltIn.Compare([A, B]).AreBuiltIn);
        Assert.True(BuiltIn.Compare([A, B with { File = "elsewhere.yaml" }, new("city", "", "profiles/city.yaml", "cc")]).AreBuiltIn);
    }

    [Fact]
    public void A_ruleset_left_out_changed_or_added_and_a_profile_of_ones_own_are_not()
    {
        Assert.Equal(["crypto/b.yaml"], BuiltIn.Compare([A]).LeftOut);
        Assert.Equal([RulesSource.BuiltIn, RulesSource.Changed], BuiltIn.Compare([A, B with { Sha256 = "b0" }]).Files.Select(f => f.Source));
        Assert.Equal([RulesSource.BuiltIn, RulesSource.BuiltIn, RulesSource.Own], BuiltIn.Compare([A, B, new("c", "1", "c.yaml", "c0")]).Files.Select(f => f.Source));
        Assert.All(
            [BuiltIn.Compare([A]), BuiltIn.Compare([A, B with { Sha256 = "b0" }]), BuiltIn.Compare([A, B, new("own", "", "profiles/own.yaml", "00")])],
            used => Assert.False(used.AreBuiltIn));
    }

    [Fact]
    public void What_was_moved_or_changed_is_known_by_its_id_and_told_with_the_version_of_the_tools_own()
    {
        var known = BuiltIn with { Heads = () => [A, B with { Version = "2" }] };
        var used = known.Compare([A with { Sha256 = "a0", File = "tls/moved.yaml" }, B with { Sha256 = "b0" }, new("c", "1", "c.yaml", "c0")]).Files;
        Assert.Equal([(RulesSource.Changed, "1"), (RulesSource.Changed, "2"), (RulesSource.Own, null)], used.Select(f => (f.Source, f.BuiltInVersion)));
        var untouched = BuiltIn with { Heads = () => throw new InvalidOperationException("nobody needs them") };
        Assert.All(untouched.Compare([A, B]).Files, f => Assert.Null(f.BuiltInVersion));
    }

    [Fact]
    public void A_part_the_tool_was_built_with_is_read_without_its_records_and_judges_as_ever()
    {
        var shapeless = Shipped.Kinds.ToDictionary(k => k.Key, k => k.Value with { Schema = new RecordSchema(typeof(Span<byte>)) }, StringComparer.Ordinal);
        var all = new BuiltInRules(Directory.EnumerateFiles(Shipped.Folder, "*.yaml", SearchOption.AllDirectories).ToDictionary(f => f, f => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f))), StringComparer.Ordinal));
        var part = RulesetFolder.Load(Shipped.Folder, shapeless, all, "code-security");
        Assert.Equal(
            RulesetFolder.Load(Shipped.Folder, Shipped.Kinds).Requirements.Where(r => r.Pillar == Pillar.CodeSecurity).Select(r => (r.Id, r.Examples.Count, r.Basis.Count)),
            part.Requirements.Select(r => (r.Id, r.Examples.Count, r.Basis.Count)));
        Assert.All(ExampleVerification.Verify(part.Requirements), r => Assert.True(r.IsAsExpected, r.Requirement.Id));
        Assert.ThrowsAny<Exception>(() => RulesetFolder.Load(Shipped.Folder, shapeless, BuiltInRules.None, "code-security"));
    }

    [Fact]
    public void Where_nothing_is_known_to_be_built_in_whatever_judged_was_brought_along() =>
        Assert.Equal([RulesSource.Own], RulesetFolder.Load(Shipped.Folder, Shipped.Kinds).UsedWith(null).Files.Select(f => f.Source).Distinct());
}
