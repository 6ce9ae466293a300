using System.Globalization;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>What rests on a field is gone over again when the field comes to hold more, and nothing else; ways are put together without their steps.</summary>
public sealed class FlowRoundTests
{
    private const string Head = "package a; import java.sql.*; import org.springframework.stereotype.*; import org.springframework.web.bind.annotation.*;";

    [Fact]
    public void What_rests_on_fields_comes_out_as_if_everything_were_gone_over_again()
    {
        var (random, hits, cut) = (new Random(9), 0, 0);
        for (var i = 0; i < 60; i++)
        {
            var tree = RandomTree(random);
            var (part, whole) = (FlowCase.Run(tree), FlowCase.Run(tree, limits: FlowLimits.Default with { GoesOverAll = true }));
            Assert.Equal(Say(whole), Say(part));
            hits += whole.Found.Count;
            cut += whole.Cut.Count;
        }

        Assert.InRange(hits, 100, int.MaxValue);
        Assert.Equal(0, cut);
    }

    [Fact]
    public void A_value_that_is_handed_on_from_field_to_field_in_the_worst_order_arrives()
    {
        const int many = 12;
        var steps = string.Concat(Enumerable.Range(0, many).Select(i => string.Create(CultureInfo.InvariantCulture, $"@GetMapping void m{i:D2}() {{ F.f{i} = F.f{i + 1}; }}\n")));
        var fields = string.Concat(Enumerable.Range(0, many + 1).Select(i => string.Create(CultureInfo.InvariantCulture, $"static String f{i};\n")));
        (string, string)[] tree = [("A.java", $"{Head} class F {{ {fields} }} @RestController class A {{ Statement st; @GetMapping void a() throws Exception {{ st.execute(F.f0); }} {steps} @GetMapping void z(String p) {{ F.f{many} = p; }} }}")];
        var seen = FlowCase.Run(tree);
        Assert.Empty(seen.Cut);
        Assert.Contains("sql", FlowCase.Ids(seen));
        Assert.NotEmpty(FlowCase.Run(tree, limits: FlowLimits.Default with { FieldRounds = 4 }).Cut);
    }

    [Fact]
    public void Ways_that_are_joined_have_the_steps_of_both()
    {
        var random = new Random(7);
        for (var i = 0; i < 300; i++)
        {
            List<(TaintStep? Way, List<TaintStep> Steps)> ways = [(null, [])];
            for (var made = 0; made < 40; made++)
            {
                var (one, other) = (ways[random.Next(ways.Count)], ways[random.Next(ways.Count)]);
                if (random.Next(3) > 0)
                {
                    var place = new CodePlace("A.java", random.Next(6));
                    ways.Add((TaintStep.Add(one.Way, place, "a"), Added(one.Steps, place, "a")));
                }
                else if (one.Steps.Count + other.Steps.Count < 40)
                {
                    ways.Add((TaintStep.Concat(one.Way, other.Way), other.Steps.Aggregate(one.Steps, (all, s) => Added(all, s.Place, s.What))));
                }
            }

            Assert.All(ways.OrderBy(_ => random.Next()), w =>
            {
                Assert.Equal(w.Steps.Count, w.Way?.Length ?? 0);
                Assert.Equal(w.Steps.Select(s => (s.Place, s.What)), Steps(w.Way));
            });
        }
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(39, 5)]
    [InlineData(40, 3)]
    [InlineData(1, 40)]
    public void Of_ways_that_are_too_long_the_beginning_and_the_end_stay(int before, int after)
    {
        var one = Way(0, before);
        var both = Steps(TaintStep.Concat(one, Way(100, after))).ToList();
        Assert.Equal(40, both.Count);
        Assert.Equal(Steps(one).Take(39), both.Take(before < 39 ? before : 39));
        Assert.Equal((new CodePlace("A.java", 99 + after), "（中间若干步略）x"), both[^1]);
    }

    private static TaintStep? Way(int from, int count) => Enumerable.Range(from, count).Aggregate(default(TaintStep), (way, i) => TaintStep.Add(way, new CodePlace("A.java", i), "x"));

    private static List<TaintStep> Added(List<TaintStep> steps, CodePlace place, string what) => steps.Count > 0 && steps[^1].Place == place ? steps : [.. steps, new TaintStep(place, what, null)];

    private static IEnumerable<(CodePlace, string)> Steps(TaintStep? way)
    {
        var steps = new Stack<(CodePlace, string)>();
        for (; way is not null; way = way.Before)
        {
            steps.Push((way.Place, way.What));
        }

        return steps;
    }

    private static List<string> Say(FlowResult result) => [.. result.Found.Select(f => $"{f.Weakness} {f.Site} {f.Trust}"), .. result.Cut.Select(c => $"{c.Method.Syntax.Name} {c.Why}"), $"{result.Calls} {result.KnownCalls}", .. result.Believed.Select(b => $"{b}")];

    /// <summary>Controllers that pass values through static fields, fields of components and each other's methods.</summary>
    private static List<(string, string)> RandomTree(Random random)
    {
        var (files, classes, fields) = (new List<(string, string)>(), random.Next(2, 5), random.Next(2, 5));
        for (var c = 0; c < classes; c++)
        {
            var text = new StringBuilder(Head).Append(CultureInfo.InvariantCulture, $" @RestController class C{c} {{ Statement st; ");
            for (var f = 0; f < fields; f++)
            {
                text.Append(CultureInfo.InvariantCulture, $"static String s{f}; String k{f}; ");
            }

            for (var m = 0; m < 6; m++)
            {
                text.Append(random.Next(2) == 0 ? "@GetMapping " : "").Append(CultureInfo.InvariantCulture, $"static String m{m}(String p, int n) throws Exception {{ String v = {Value(random, classes, fields, "static ")}; {Statement(random, classes, fields, "static ")} return {Value(random, classes, fields, "static ")}; }} ");
                text.Append(random.Next(2) == 0 ? "@PostMapping " : "").Append(CultureInfo.InvariantCulture, $"String i{m}(String p, int n) throws Exception {{ String v = {Value(random, classes, fields, "")}; {Statement(random, classes, fields, "")} {Statement(random, classes, fields, "")} return v; }} ");
            }

            files.Add(($"C{c}.java", text.Append('}').ToString()));
        }

        return files;
    }

    private static string Value(Random random, int classes, int fields, string kind) => random.Next(kind.Length > 0 ? 5 : 7) switch
    {
        0 => "p",
        1 => "\"a\"",
        2 or 3 => string.Create(CultureInfo.InvariantCulture, $"C{random.Next(classes)}.s{random.Next(fields)}"),
        4 => string.Create(CultureInfo.InvariantCulture, $"C{random.Next(classes)}.m{random.Next(6)}({(random.Next(2) == 0 ? "p" : "\"b\"")}, {random.Next(2)})"),
        5 => string.Create(CultureInfo.InvariantCulture, $"k{random.Next(fields)}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"i{random.Next(6)}(p, n)"),
    };

    private static string Statement(Random random, int classes, int fields, string kind) => random.Next(5) switch
    {
        0 or 1 => string.Create(CultureInfo.InvariantCulture, $"C{random.Next(classes)}.s{random.Next(fields)} = v;"),
        2 when kind.Length == 0 => string.Create(CultureInfo.InvariantCulture, $"this.k{random.Next(fields)} = v;"),
        3 when kind.Length == 0 => "st.execute(v);",
        _ => "if (n > 0) { v = v + p; }",
    };
}
