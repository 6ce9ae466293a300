namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>What objects say of themselves in a line of a log.</summary>
public sealed class FlowOwnTextTwinTests
{
    [Theory]
    [InlineData("return \"P{\" + page + \", \" + name;", "return \"P{page=\" + page + \", size=\" + this.size + '}';")]
    [InlineData("return String.valueOf(name);", "return JSONObject.toJSONString(this);")]
    [InlineData("return toJSONString(this); } static String toJSONString(P p) { return p.name;", "return JSON.toJSONString(this);")]
    public void Numbers_and_JSON_hold_no_line_end(string bad, string good)
    {
        foreach (var line in new[] { "log.info(\"a {}\", p);", "log.info(\"a\" + p);" })
        {
            Assert.Contains("log", Found(bad, line));
            Assert.DoesNotContain("log", Found(good, line));
            Assert.DoesNotContain("log", Found(good, line, "class Q extends P { }"));
            Assert.Contains("log", Found(good, line, "class Q extends P { public String toString() { return name; } }"));
        }

        Assert.Contains("log", Found(good, "log.info(p.name);"));
    }

    [Theory]
    [InlineData("log.info(Json.text(p.name));", "log.info(Json.text(p));")]
    [InlineData("Object o = p.name; log.info(Json.text(o));", "P q = p; log.info(\"a {}\", Json.text(q));")]
    [InlineData("log.info(Json.other(p));", "String t = Json.text(p); log.info(\"a\" + t);")]
    public void An_object_of_the_tree_is_no_text_for_a_writer_of_JSON(string bad, string good)
    {
        const string Json = "class Json { static com.fasterxml.jackson.databind.ObjectMapper m; static <T> String text(T x) { if (x == null) { return null; } return x instanceof String ? (String) x : m.writeValueAsString(x); } static String other(Object x) { x = ((P) x).name; return x instanceof String ? (String) x : m.writeValueAsString(x); } }";
        Assert.Contains("log", Found("return \"p\";", bad, Json));
        Assert.DoesNotContain("log", Found("return \"p\";", good, Json));
    }

    private static IReadOnlyList<string> Found(string text, string line, string types = "") => FlowCase.Ids(FlowCase.Run([("src/C.java", $$"""
        package a; import com.alibaba.fastjson.*; import org.springframework.web.bind.annotation.*;
        class P { int page; int size; String name; public void setName(String n) { name = n; } public void setPage(int n) { page = n; } public String toString() { {{text}} } }
        {{types}}
        @RestController class C { org.slf4j.Logger log; @PostMapping("/a") void a(@RequestBody P p) { {{line}} } }
        """)]));
}
