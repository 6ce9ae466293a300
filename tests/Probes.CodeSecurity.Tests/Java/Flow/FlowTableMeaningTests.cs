namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Methods of which several rows say something: all of it holds.</summary>
public sealed class FlowTableMeaningTests
{
    private static bool Has(string id, string body, string members = "") => FlowCase.Body(body, members).Contains(id);

    [Theory]
    [InlineData("new org.springframework.web.servlet.ModelAndView(p)")]
    [InlineData("new org.springframework.web.servlet.ModelAndView(\"redirect:\" + p)")]
    [InlineData("new org.springframework.web.servlet.ModelAndView(\"redirect:\" + p, new HashMap<String, Object>())")]
    [InlineData("new org.springframework.web.servlet.ModelAndView(p, \"a\", \"b\")")]
    public void The_name_of_a_view_is_where_the_browser_goes(string made) => Assert.True(Has("redirect", $"Object v = {made};"));

    [Fact]
    public void A_view_of_one_name_has_what_is_put_into_it()
    {
        const string code = "import org.springframework.web.bind.annotation.*; import org.springframework.web.servlet.ModelAndView; @org.springframework.stereotype.Controller class C { @GetMapping(\"/a\") ModelAndView a(@RequestParam String p) { ModelAndView v = new ModelAndView(\"a\"); v.addObject(\"p\", p); return v; } }";
        Assert.Contains("xss", FlowCase.Ids(PageCase.Run([("C.java", code), ("WEB-INF/jsp/a.jsp", "<p>${p}</p>")]).Result));
    }

    [Theory]
    [InlineData("com.alibaba.fastjson.JSONObject.toJSONString(p)")]
    [InlineData("com.alibaba.fastjson.JSONArray.toJSONString(p)")]
    [InlineData("com.alibaba.fastjson.JSONObject.toJavaObject(com.alibaba.fastjson.JSONObject.parseObject(p), String.class)")]
    [InlineData("com.alibaba.fastjson.JSONObject.parseObject(p).toJavaObject(String.class)")]
    [InlineData("com.alibaba.fastjson.JSONObject.parseObject(p).getString(\"a\")")]
    [InlineData("((com.alibaba.fastjson.JSONObject) com.alibaba.fastjson.JSONObject.parseObject(p)).toJSONString()")]
    public void What_json_makes_of_foreign_text_stays_foreign(string made) => Assert.True(Has("sql", $"sql(st, \"\" + {made});"));

    [Theory]
    [InlineData("new com.baomidou.mybatisplus.core.conditions.update.UpdateWrapper<Object>().set(p, 1);", true)]
    [InlineData("new com.baomidou.mybatisplus.core.conditions.update.UpdateWrapper<Object>().set(\"a\", p);", false)]
    [InlineData("ps.addBatch(p);", true)]
    public void A_column_that_strangers_name_is_part_of_the_statement(string body, bool isBad) => Assert.Equal(isBad, Has("sql", body, "java.sql.PreparedStatement ps;"));

    [Theory]
    [InlineData("List<String> l = Arrays.asList(p.split(\",\")); if (org.springframework.util.CollectionUtils.isEmpty(l)) { sql(st, \"\" + l); }", false)]
    [InlineData("if (cn.hutool.core.util.ObjectUtil.isEmpty(p)) { sql(st, p); }", false)]
    [InlineData("if (cn.hutool.core.util.ObjectUtil.isNotEmpty(p)) { sql(st, p); }", true)]
    [InlineData("java.util.function.Predicate<String> q = this.q; sql(st, \"\" + q.test(p));", false)]
    public void What_is_empty_or_true_carries_nothing(string body, bool isBad) => Assert.Equal(isBad, Has("sql", body, "java.util.function.Predicate<String> q;"));

    [Fact]
    public void Rows_of_a_typed_query_come_from_the_database_too() =>
        Assert.True(Has("xss", "w.getWriter().println(\"\" + tq.getResultStream());", "javax.persistence.TypedQuery<String> tq;"));
}
