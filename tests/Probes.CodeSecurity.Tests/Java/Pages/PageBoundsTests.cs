namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Pages that were written to take time or memory.</summary>
public sealed class PageBoundsTests
{
    private const double MostSeconds = 40;
    private static readonly string[] Endings = ["jsp", "html", "ftl", "vm", "hbs"];

    [Fact]
    public void Pages_that_include_each_other_many_times_end_soon()
    {
        var includes = string.Concat(Enumerable.Range(0, 40).Select(i => $"<%@ include file=\"p{i}.jsp\" %>"));
        Within(() => Translate(Enumerable.Range(0, 40).Select(i => ($"p{i}.jsp", includes)).Append(("a.jsp", includes))));
        var parsed = string.Concat(Enumerable.Range(0, 40).Select(i => $"#parse(\"q{i}.vm\")"));
        Within(() => PageCase.Run(Enumerable.Range(0, 40).Select(i => ($"q{i}.vm", parsed + "$x"))));
    }

    [Theory]
    [InlineData("<%")]
    [InlineData("<%=")]
    [InlineData("${")]
    [InlineData("${a.b['c")]
    [InlineData("<c:out value=\"")]
    [InlineData("<c:out value=\"<%=")]
    [InlineData("<jsp:scriptlet>")]
    [InlineData("<#if ")]
    [InlineData("<#if x>")]
    [InlineData("<#assign x=\"")]
    [InlineData("<#macro a>")]
    [InlineData("<@a b=")]
    [InlineData("#if($a)")]
    [InlineData("#set($a = \"$")]
    [InlineData("#foreach(")]
    [InlineData("$a.b($a.b(")]
    [InlineData("<p th:utext=\"${a(")]
    [InlineData("<p th:each=\"a : ${b}\">")]
    [InlineData("[(${a}")]
    [InlineData("{{{a")]
    [InlineData("{{#a}}")]
    [InlineData("__${")]
    public void A_page_of_unclosed_signs_takes_no_time(string sign)
    {
        var text = "th: " + string.Concat(Enumerable.Repeat(sign, (1 << 18) / sign.Length));
        foreach (var ending in Endings)
        {
            Within(() => Translate([($"web/templates/a.{ending}", text)]));
        }
    }

    [Fact]
    public void Deep_expressions_and_huge_pages_are_read_in_part_and_that_is_told()
    {
        var deep = string.Concat(Enumerable.Repeat("(", 3_000)) + "a" + string.Concat(Enumerable.Repeat(")", 3_000));
        foreach (var ending in Endings)
        {
            Within(() => Translate([($"web/templates/a.{ending}", $"<p th:utext=\"${{{deep}}}\">${{{deep}}} #set($x = {deep}) {{{{{{{deep}}}}}}}")]));
        }

        var huge = string.Concat(Enumerable.Range(0, 200_000).Select(i => $"<p>${{param.a{i}}}</p>"));
        Assert.Contains(Within(() => Translate([("a.jsp", huge)])).All, p => p.Unknown.Any(u => u.Why.Contains("过长", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("<%@ include file=\"big.jspf\" %>", "<p>${param.a}</p>")]
    [InlineData("<%@ include file=\"big.jspf\" %>", "<!-- nothing is made of it -->")]
    public void Pages_behind_the_cap_of_all_are_told_and_not_made(string page, string included)
    {
        var big = string.Concat(Enumerable.Repeat(included, 1_000));
        var files = Enumerable.Range(10, 40).Select(i => ($"p{i}.jsp", page)).Append(("big.jspf", big));
        var texts = new SortedDictionary<string, string>(files.ToDictionary(f => f.Item1, f => f.Item2), StringComparer.Ordinal);
        var pages = JavaPages.Of(texts, new Dictionary<string, string>(), CancellationToken.None, 100_000);
        var unread = pages.All.Where(p => p.Java.Length == 0).ToList();
        Assert.InRange(unread.Count, 30, 39);
        Assert.All(unread, p => Assert.Contains("没有读", Assert.Single(p.Unknown).Why, StringComparison.Ordinal));
        Assert.All(JavaPages.Of(texts, new Dictionary<string, string>(), CancellationToken.None).All, p => Assert.Empty(p.Unknown));
    }

    [Fact]
    public void A_page_that_is_full_includes_nothing_more()
    {
        var big = string.Concat(Enumerable.Repeat("<p>${param.a}</p>\n", 200_000));
        var page = string.Concat(Enumerable.Repeat("<%@ include file=\"big.jspf\" %>", 200));
        var made = Within(() => Translate([("a.jsp", page), ("big.jspf", big)])).All;
        Assert.Contains("过长", Assert.Single(Assert.Single(made, p => p.Path == "a.jsp").Unknown).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Mutated_pages_bring_no_one_down()
    {
        string[] texts =
        [
            "<%@ page import=\"java.util.*\" %><% if (a) { %> ${param.x} <c:forEach items=\"${b}\" var=\"i\"><%= i %></c:forEach> <% } %><%! int a; %><jsp:include page=\"<%= x %>\"/>",
            "<#macro a b c=\"d\"><#list x as y>${y!\"z\"?html}<#else>n</#list></#macro><@a b=1/><#assign q>${r}</#assign><#if a gt 1 && (b > 2)>x<#elseif c>y</#if>",
            "#macro(a $b)#foreach($x in $y)$!{x.z(1, \"a\")}#end#end#a($c)#set($d = [1, 2])#if($e)#else#end",
            "<p th:each=\"a,b : ${c}\" th:utext=\"*{d} + |e ${f}|\" th:with=\"g=${h},i=2\">[(${j})] [[${k}]] __${l}__</p>",
            "{{#each a}}{{{b.c}}}{{else}}{{&d}}{{/each}}{{> e}}",
        ];
        var random = new Random(11);
        for (var i = 0; i < 1_000; i++)
        {
            var text = texts[i % texts.Length];
            for (var change = 0; change < 4; change++)
            {
                var (at, length) = (random.Next(text.Length), random.Next(1, 20));
                text = random.Next(3) switch
                {
                    0 => text.Remove(at, Math.Min(length, text.Length - at)),
                    1 => text.Insert(at, text[..Math.Min(length, text.Length)]),
                    _ => text.Insert(at, new string((char)random.Next(1, 0xD7FF), 1)),
                };
            }

            foreach (var ending in Endings)
            {
                foreach (var page in Translate([($"web/templates/a.{ending}", text)]).All)
                {
                    new JavaParser().Parse(page.Java);
                }
            }
        }
    }

    private static JavaPages Translate(IEnumerable<(string Path, string Text)> files) =>
        JavaPages.Of(new SortedDictionary<string, string>(files.ToDictionary(f => f.Path, f => f.Text), StringComparer.Ordinal), new Dictionary<string, string>(), CancellationToken.None);

    private static T Within<T>(Func<T> run)
    {
        var began = Environment.CpuUsage.TotalTime;
        var result = run();
        Assert.InRange((Environment.CpuUsage.TotalTime - began).TotalSeconds, 0, MostSeconds);
        return result;
    }
}
