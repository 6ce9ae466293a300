namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Templates that a controller fills in, in pairs: <c>name</c> and <c>user</c> are foreign, <c>safe</c> is not.</summary>
public sealed class TemplateTests
{
    private const string Body = "User u = new User(); u.setName(p); m.addAttribute(\"name\", p); m.addAttribute(\"user\", u); m.addAttribute(\"all\", List.of(p)); m.addAttribute(\"safe\", \"a\"); return \"user/view\";";

    [Theory]
    [InlineData("<p th:utext=\"${name}\">a</p>", "<p th:text=\"${name}\">a</p>")]
    [InlineData("<p>[(${name})]</p><p th:if=\"${name}\">b</p>", "<p>[[${name}]]</p><p th:if=\"${name}\">b</p>")]
    [InlineData("<p th:utext=\"${user.name}\">a</p>", "<p th:utext=\"${user.age} + ${user.title}\">a</p>")]
    [InlineData("<li th:each=\"o : ${all}\" th:utext=\"${o}\">a</li>", "<li th:each=\"o,s : ${all}\" th:utext=\"${s.index}\">a</li>")]
    [InlineData("<p data-th-utext=\"'a' + ${name}\">a</p>", "<p data-th-utext=\"'a' + ${safe}\">a</p>")]
    [InlineData("<p th:utext=\"|Hello ${name}|\">a</p>", "<p th:utext=\"|Hello ${safe}|\">a</p>")]
    [InlineData("<p th:utext=\"${safe == 'b' ? 'c' : name}\">a</p>", "<p th:utext=\"${name == 'b' ? 'c' : safe}\">a</p>")]
    [InlineData("<div th:object=\"${user}\"><b th:utext=\"*{name}\">a</b></div>", "<div th:object=\"${user}\"><b th:utext=\"*{age}\">a</b></div>")]
    [InlineData("<div th:with=\"x=${name},y=${safe}\"><b th:utext=\"${x}\">a</b></div>", "<div th:with=\"x=${name},y=${safe}\"><b th:utext=\"${y}\">a</b></div>")]
    [InlineData("<div th:replace=\"~{part :: head}\">a</div>", "<div th:replace=\"~{safe :: head}\">a</div>")]
    [InlineData("<p th:utext=\"${param.x}\">a</p>", "<p th:utext=\"${#strings.escapeXml(param.x)}\">a</p>")]
    [InlineData("<script th:inline=\"javascript\">var a = [(${name})];</script>", "<script th:inline=\"javascript\">var a = [[${name}]]; var b = x[(1)];</script>")]
    public void Thymeleaf(string bad, string good) => Pair(bad, good, "html", ("web/templates/part.html", "<div th:fragment=\"head\" th:utext=\"${name}\">a</div>"), ("web/templates/safe.html", "<div th:fragment=\"head\" th:text=\"${name}\">a</div>"));

    [Fact]
    public void What_Thymeleaf_puts_into_an_expression_first_is_executed()
    {
        Assert.Equal(["expression"], PageCase.Controller(Body, "<input th:field=\"*{list[__${name}__].a}\"/>", "html"));
        Assert.Empty(PageCase.Controller(Body, "<input th:field=\"*{list[__${safe}__].a}\"/>", "html"));
    }

    [Theory]
    [InlineData("<p>${name}</p>", "<p>${name?html}</p>")]
    [InlineData("<p>${user.name!\"none\"}</p>", "<p>${(user.age)!0} ${user.title}</p>")]
    [InlineData("<#list all as o><li>${o}</li></#list>", "<#list all as o><li>${o_index} ${o?html}</li></#list>")]
    [InlineData("<#list all><ul><#items as o>${o}</#items></ul></#list>", "<#list all><ul><#items as o>${o?length}</#items></ul></#list>")]
    [InlineData("<#assign x = name + \"a\" y=safe>${x}", "<#assign x = name + \"a\" y=safe>${y}")]
    [InlineData("<#assign x=\"${name}/a\">${x}", "<#assign x=\"${safe}/a\">${x}")]
    [InlineData("<#assign x>a ${name}</#assign>${x}", "<#assign x>a ${name}</#assign>${safe}")]
    [InlineData("<#escape x as x?html>${safe}</#escape>${name}", "<#escape x as x?html>${name}<#noescape>${safe}</#noescape></#escape>")]
    [InlineData("<#escape x as x?html><#noescape>${name}</#noescape></#escape>", "<#ftl output_format=\"HTML\">${name}")]
    [InlineData("<#macro show text other=\"\"><b>${text}</b></#macro><@show text=name other=safe/>", "<#macro show text other=\"\"><b>${text}</b></#macro><@show text=safe other=name/>")]
    [InlineData("<#macro show text other><b>${text}</b></#macro><@show name safe/>", "<#macro show text other><b>${text}</b></#macro><@show safe name/>")]
    [InlineData("<#import \"part.ftl\" as p><@p.show a=name/>", "<#import \"part.ftl\" as p><@p.show a=safe/>")]
    [InlineData("<#if (name?length > 3) && safe == \"a\">${name}<#elseif safe??>b<#else>c</#if>", "<#if name?? && name?length gt 3>${name?js_string}<#else>${safe}</#if>")]
    [InlineData("<#switch safe><#case \"a\">${name}<#break><#default>b</#switch>", "<#switch name><#case \"a\">${safe}<#break><#default>b</#switch>")]
    [InlineData("<#-- ${safe} --><#include \"top.ftl\">", "<#-- ${name} --><#noparse>${name}</#noparse>")]
    [InlineData("[#ftl][#if safe??]${name}[/#if]", "[#ftl][#if safe??]${name?html}[/#if]")]
    [InlineData("${RequestParameters.x}", "${RequestParameters.x?html}")]
    public void FreeMarker(string bad, string good) => Pair(bad, good, "ftl", ("web/WEB-INF/templates/user/part.ftl", "<#macro show a>${a}</#macro>"), ("web/WEB-INF/templates/user/top.ftl", "<b>${name}</b>"));

    [Theory]
    [InlineData("${name?no_esc}", "${name}")]
    [InlineData("<#noautoesc>${name}</#noautoesc>", "<#autoesc>${name}</#autoesc>")]
    [InlineData("<#outputformat \"plainText\">${name}</#outputformat>", "<#outputformat \"HTML\">${name}</#outputformat>")]
    [InlineData("<#list all as o>${o?no_esc}</#list>", "<#list all as o>${o}</#list>")]
    public void FreeMarker_that_escapes_by_itself(string bad, string good) => Pair(bad, good, "ftlh");

    [Theory]
    [InlineData("<p>$name</p>", "<p>$esc.html($name)</p>")]
    [InlineData("<p>$!{user.name}</p>", "<p>$!{user.age} ${user.title}</p>")]
    [InlineData("$user.getName().trim()", "$user.getTitle() $50 $(document).ready() #fff")]
    [InlineData("#foreach($o in $all)<li>$o</li>#end", "#foreach($o in $all)<li>$velocityCount</li>#end")]
    [InlineData("#set($x = $name)$x", "#set($x = $name)$safe")]
    [InlineData("#set ($x = \"a ${name} b\") $x", "#set ($x = 'a ${name} b') $x")]
    [InlineData("#if($name && $safe == \"a\")$name#elseif($safe)b#{else}c#end", "#if($name)$safe#else c#end")]
    [InlineData("#macro(show $a $b)<b>$a</b>#end #show($name $safe)", "#macro(show $a $b)<b>$a</b>#end #show($safe $name)")]
    [InlineData("## $safe\n#parse(\"user/top.vm\")", "## $name\n#* $name *# #[[ $name ]]#")]
    [InlineData("$request.getParameter(\"a\")", "$request.getContextPath() \\$name")]
    public void Velocity(string bad, string good) => Pair(bad, good, "vm", ("web/WEB-INF/templates/user/top.vm", "<b>$!name</b>"));

    [Theory]
    [InlineData("<p>{{{name}}}</p>", "<p>{{name}}</p>")]
    [InlineData("<p>{{& name }}</p>", "<p>{{&safe}}</p>")]
    [InlineData("{{#each all}}<li>{{{this}}}</li>{{/each}}", "{{#each all}}<li>{{this}}</li>{{/each}}")]
    [InlineData("{{#user}}{{{name}}}{{/user}}", "{{#user}}{{{age}}}{{/user}}")]
    [InlineData("{{!-- {{{safe}}} --}}{{> top}}", "{{!-- {{{name}}} --}}{{#if name}}{{{safe}}}{{else}}a{{/if}}")]
    public void Mustache(string bad, string good) => Pair(bad, good, "hbs", ("web/WEB-INF/templates/user/top.hbs", "<b>{{{name}}}</b>"));

    [Fact]
    public void A_setting_of_the_tree_turns_escaping_on()
    {
        (string, string)[] files = [("src/C.java", "package a; import org.springframework.ui.*; import org.springframework.web.bind.annotation.*; @org.springframework.stereotype.Controller class C { @GetMapping(\"/x\") public String q(String p, Model m) { m.addAttribute(\"name\", p); return \"view\"; } }"), ("web/templates/view.ftl", "${name}")];
        Assert.NotEmpty(PageCase.Run(files).Result.Found);
        Assert.Empty(PageCase.Run(files, new Dictionary<string, string> { ["spring.freemarker.settings.output_format"] = "HTMLOutputFormat" }).Result.Found);
    }

    private static void Pair(string bad, string good, string ending, params (string, string)[] more)
    {
        Assert.Equal(["xss"], PageCase.Controller(Body, bad, ending, more));
        Assert.Empty(PageCase.Controller(Body, good, ending, [.. more.Where(m => good.Contains(Path.GetFileNameWithoutExtension(m.Item1), StringComparison.Ordinal))]));
    }

    [Theory]
    [InlineData("html", "<p th:text=\"${a}\"></p>", true)]
    [InlineData("jsp", "<p>a</p>", false)]
    [InlineData("ftl", "<p>a</p>", false)]
    public void The_name_of_a_view_is_an_expression_for_Thymeleaf_alone(string ending, string page, bool isBad)
    {
        Assert.Equal(isBad, PageCase.Controller("return p;", page, ending).Contains("template"));
        Assert.Contains("template", FlowCase.Ids(FlowCase.Run([("C.java", "import org.springframework.web.bind.annotation.*; @org.springframework.stereotype.Controller class C { @GetMapping(\"/a\") String a(@RequestParam String p) { return \"a/\" + p; } }")])));
    }
}
